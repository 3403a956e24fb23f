namespace Ferry.Remote.Ssh;

/// <summary>
/// What every call of ssh is told, whatever the user's configuration says. Nothing here touches host keys, identities, proxies or algorithms:
/// those are the user's.
/// </summary>
internal static class SshOptions
{
    /// <summary>Another ssh may be named by FERRY_SSH: a program on PATH or a path.</summary>
    public static string Program => Environment.GetEnvironmentVariable("FERRY_SSH") is { Length: > 0 } set ? set : "ssh";

    /// <summary>Without a terminal and without an askpass program nobody can answer: ssh must fail instead of waiting.</summary>
    public static bool CanAsk => Environment.GetEnvironmentVariable("SSH_ASKPASS") is { Length: > 0 } || HasTerminal;

    /// <summary>Asked only where it matters: that there is none is an exception, and .NET's first one takes some 10 ms.</summary>
    public static bool HasTerminal => OperatingSystem.IsWindows() ? !Console.IsInputRedirected : CanOpenTerminal();

    private static readonly string[] Always =
    [
        // A terminal would change line ends in binary data; RequestTTY force and RemoteCommand in the user's file would break the channel.
        "-T", "-o", "RemoteCommand=none",
        "-o", "EscapeChar=none",
        "-o", "ClearAllForwardings=yes",
        // What a LocalCommand prints would be taken for the device's answer.
        "-o", "PermitLocalCommand=no",
        // A cut network is noticed after 20 seconds.
        "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=4", "-o", "ConnectTimeout=10",
        // QUIET or ERROR in the user's file would hide why a connection fails.
        "-o", "LogLevel=INFO",
    ];

    private static readonly string[] NothingForwarded = ["-o", "ForwardX11=no", "-o", "ForwardAgent=no"];

    /// <summary>
    /// A master of ours, or (socket null) one as the user has configured it: that one also serves the user's own sessions, so it is not told to refuse
    /// what those may want to forward; with -N nothing is forwarded by itself.
    /// </summary>
    public static string[] Master(SshAddress address, string? socket, string log) =>
    [
        "-f", "-N", "-E", log, .. Always,
        .. socket is null ? [] : (string[])[.. NothingForwarded, "-o", "ControlMaster=yes", "-o", "ControlPersist=600", "-S", socket],
        .. CanAsk ? [] : (string[])["-o", "BatchMode=yes"],
        .. Destination(address),
    ];

    /// <summary>A channel through a master of ours (its socket given), of the user's, or (Windows) without one.</summary>
    public static string[] Channel(SshAddress address, string? socket, bool multiplexed, string remoteCommand) =>
    [
        .. Always, .. NothingForwarded,
        .. socket is null ? [] : (string[])["-o", "ControlMaster=no", "-S", socket],
        // In a session of its own ssh has no terminal to ask on.
        .. multiplexed || !CanAsk ? (string[])["-o", "BatchMode=yes"] : [],
        .. Destination(address), remoteCommand,
    ];

    /// <summary>A channel through a master that is there; without it ssh would connect by itself, which this proxy command prevents.</summary>
    public static string[] OnlyThrough(string socket, SshAddress address, string remoteCommand) =>
        ["-o", "ProxyCommand=false", .. Channel(address, socket, multiplexed: true, remoteCommand)];

    public static string[] Destination(SshAddress address) =>
        [.. address.Port is { } port ? (string[])["-p", $"{port}"] : [], "--", address.Destination];

    private static bool CanOpenTerminal()
    {
        try
        {
            using var terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
