namespace Ferry.Devices;

/// <summary>
/// Debian's folders for libraries of several architectures side by side (/usr/lib/arm-linux-gnueabihf). A device may have
/// folders of architectures that are not its programs' own; what lies there helps no program.
/// </summary>
internal static class Multiarch
{
    /// <summary>False when a part of the path names another architecture than the userland's; true when none does, or it is unknown.</summary>
    public static bool IsOf(string path, UserlandFacts userland)
    {
        if (Names(userland) is not { } own)
        {
            return true;
        }

        return path.Split('/').Where(IsTuple).All(part => own.Any(name => part.StartsWith(name, StringComparison.Ordinal)));
    }

    private static bool IsTuple(string part) =>
        part.IndexOf("-linux-", StringComparison.Ordinal) is > 0 and var at && !part.Contains(".so") && !part[..at].Contains('-');

    private static string[]? Names(UserlandFacts userland) => (userland.Machine, userland.Bits) switch
    {
        ("aarch64", 64) => ["aarch64-linux-"],
        ("arm", 32) => ["arm-linux-", "armv7-linux-", "armv6-linux-", "armhf-linux-"],
        ("x86-64", 64) => ["x86_64-linux-gnu", "x86_64-linux-musl"],
        ("x86", 32) => ["i386-linux-", "i686-linux-", "i586-linux-"],
        ("riscv", 64) => ["riscv64-linux-"],
        _ => null,
    };
}
