using System.Globalization;

namespace Ferry.Remote.Ssh;

/// <summary>
/// Where a device is: <c>[USER@]HOST[:PORT]</c>, HOST being a name, an alias of ~/.ssh/config, an IPv4 or IPv6 address (in brackets when a port follows).
/// An address may come from a project's Cargo.toml, which need not be one's own: what ssh or a ProxyCommand's shell could take for more than a name is refused
/// (the same characters as OpenSSH 9.6 refuses, CVE-2023-51385).
/// </summary>
internal sealed record SshAddress(string? User, string Host, int? Port)
{
    private const string NeverInHost = "'`\"$\\;&<>|(){}@";
    private const string NeverInUser = "'`\";&<>|(){}";

    /// <summary>What ssh is given behind its options and <c>--</c>.</summary>
    public string Destination => User is null ? Host : $"{User}@{Host}";

    /// <summary>As known_hosts writes it, and ssh-keygen -R wants it.</summary>
    public string KnownHostsName => Port is null or 22 ? Host : $"[{Host}]:{Port}";

    /// <exception cref="FerryException">Exit 2, saying what is wrong with it.</exception>
    public static SshAddress Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var user = at < 0 ? null : text[..at];
        var (host, port) = SplitPort(text, text[(at + 1)..]);
        if (user is not null && !IsUser(user))
        {
            throw Refused(text, "the user name holds a character that it cannot");
        }

        return IsHost(host) ? new(user, host, port) : throw Refused(text, host.Length == 0 ? "it has no host" : "the host holds a character that it cannot");
    }

    public override string ToString() =>
        (User is null ? "" : User + "@") + (Port is null ? Host : Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}");

    private static (string Host, int? Port) SplitPort(string text, string rest)
    {
        if (rest.StartsWith('['))
        {
            var end = rest.IndexOf(']');
            return end < 0 ? throw Refused(text, "']' is missing")
                : rest[(end + 1)..] is "" ? (rest[1..end], null)
                : rest[end + 1] == ':' ? (rest[1..end], ParsePort(text, rest[(end + 2)..]))
                : throw Refused(text, "only a port can follow ']'");
        }

        // Two colons and no brackets: an IPv6 address as it is.
        var colon = rest.IndexOf(':');
        return colon < 0 || colon != rest.LastIndexOf(':') ? (rest, null) : (rest[..colon], ParsePort(text, rest[(colon + 1)..]));
    }

    private static int ParsePort(string text, string port) =>
        int.TryParse(port, NumberStyles.None, null, out var number) && number is > 0 and < 65536 ? number : throw Refused(text, $"'{port}' is not a port");

    private static bool IsHost(string host) =>
        host.Length > 0 && host[0] != '-' && !host.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || NeverInHost.Contains(c));

    private static bool IsUser(string user) =>
        user.Length > 0 && user[0] != '-' && user[^1] != '\\' && !user.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || NeverInUser.Contains(c));

    private static FerryException Refused(string text, string why) =>
        new($"'{Observed.Text(text)}' is not an address", why, "write it as [USER@]HOST[:PORT], for example pi@192.168.1.40", ExitCode.WrongUsage);
}
