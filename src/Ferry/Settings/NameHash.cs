namespace Ferry.Settings;

/// <summary>
/// Short names for long keys, in folders that are ours alone: FNV-1a, 64 bits, as 16 hexadecimal digits. Nobody gains by a collision there, and .NET's SHA-256
/// would load OpenSSL, which takes as long as everything else on the way of an unchanged program.
/// </summary>
internal static class NameHash
{
    public static string Of(string text)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001b3UL;
        }

        return hash.ToString("x16");
    }
}
