using System.Buffers;

namespace Ferry.Remote.Ssh;

/// <summary>
/// The one place where words are quoted for a POSIX shell. In single quotes everything stands for itself but the single quote
/// (POSIX.1-2024, XCU 2.2.2), so it leaves the quotes for a moment: <c>'it'\''s'</c>. Not for fish and csh: send those plain words only.
/// </summary>
internal static class ShellQuote
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._+@-");

    /// <summary>Whether every shell, fish and csh too, takes the word as it stands.</summary>
    public static bool IsPlain(string word) => word.Length > 0 && word[0] != '-' && !word.AsSpan().ContainsAnyExcept(Plain);

    public static string Posix(string word) => IsPlain(word) ? word : "'" + Checked(word).Replace("'", @"'\''") + "'";

    /// <summary>Any bytes but NUL, which no argument can hold.</summary>
    public static byte[] Posix(ReadOnlySpan<byte> word)
    {
        if (word.Contains((byte)0))
        {
            throw new ArgumentException("an argument cannot hold a NUL byte", nameof(word));
        }

        var quoted = new List<byte>(word.Length + 2) { (byte)'\'' };
        foreach (var b in word)
        {
            quoted.AddRange(b == '\'' ? @"'\''"u8 : [b]);
        }

        quoted.Add((byte)'\'');
        return [.. quoted];
    }

    private static string Checked(string word) =>
        word.Contains('\0') ? throw new ArgumentException("an argument cannot hold a NUL byte", nameof(word)) : word;
}
