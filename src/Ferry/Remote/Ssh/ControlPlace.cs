using System.Runtime.Versioning;
using Ferry.Processes;
using Ferry.Settings;

namespace Ferry.Remote.Ssh;

/// <summary>
/// Where the master for an address listens, and whose it is. Asking ssh for that costs a process, so the answer lies in a file beside the socket: under a
/// name that changes with the address and with ssh's configuration files.
/// </summary>
/// <param name="Prefix">Path of the files of this address in Ferry's folder, without their endings.</param>
/// <param name="Socket">The control socket, or null as long as nobody has asked.</param>
internal sealed record ControlPlace(string Prefix, string? Socket)
{
    private const string DecisionEnding = ".path";
    private const int NameLength = 16 + 4; // a hash and ".ssh"

    /// <summary>Of the socket on which an agent that stands by is handed over.</summary>
    public const string AgentEnding = ".agent";

    /// <summary>What the master says, in the foreground and later.</summary>
    public string Log => Prefix + ".log";

    private string Own => Prefix + ".ssh";

    private string Decision => Prefix + DecisionEnding;

    private string Whose => Prefix + ".address";

    /// <summary>The socket if it is Ferry's own master, null if it is one that the user has configured.</summary>
    public string? OwnSocket => Socket == Own ? Socket : null;

    [UnsupportedOSPlatform("windows")]
    public static ControlPlace Of(SshAddress address)
    {
        var place = new ControlPlace(Path.Combine(ControlFolder.Open(NameLength), Name(address)), null);
        return File.Exists(place.Decision) && File.ReadAllText(place.Decision) is { Length: > 0 } socket ? place with { Socket = socket } : place;
    }

    /// <summary>Whether somebody listens on the socket: a file alone may be what a crash left.</summary>
    [UnsupportedOSPlatform("windows")]
    public bool IsAlive() => Socket is not null && UnixSocket.HasListener(Socket);

    /// <summary>Asks ssh whether the user's own configuration multiplexes this host, and remembers it.</summary>
    [UnsupportedOSPlatform("windows")]
    public ControlPlace Decide(SshAddress address)
    {
        var answer = Tool.Run(SshOptions.Program, ["-G", "-T", .. SshOptions.Destination(address)]);
        if (!answer.Succeeded)
        {
            throw SshFailure.From(address, answer.ExitCode, answer.Errors);
        }

        var decided = this with { Socket = UsersSocket(answer.Output) ?? Own };
        File.WriteAllText(decided.Whose, address.ToString());
        File.WriteAllText(decided.Decision, decided.Socket);
        return decided;
    }

    /// <summary>Every address that was asked for since these files were cleared away, with its place.</summary>
    [UnsupportedOSPlatform("windows")]
    public static IEnumerable<(SshAddress Address, ControlPlace Place)> Known() =>
        ControlFolder.Existing(NameLength) is not { } folder ? []
        : from decision in Directory.EnumerateFiles(folder, "*" + DecisionEnding)
          let place = new ControlPlace(decision[..^DecisionEnding.Length], File.ReadAllText(decision))
          where place.Socket is { Length: > 0 } && File.Exists(place.Whose)
          select (SshAddress.Parse(File.ReadAllText(place.Whose)), place);

    /// <summary>Removes what a master has left that is gone; not while another Ferry is about to start one. Locks stay: others may be waiting for them.</summary>
    [UnsupportedOSPlatform("windows")]
    public void Clear()
    {
        using var alone = ControlSlots.Lock(Prefix + ".lock");
        if (!IsAlive())
        {
            foreach (var file in (string[])[Own, Log, Decision, Whose])
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The user's control socket when it is alive, or would stay so (ControlMaster with ControlPersist); otherwise null.</summary>
    [UnsupportedOSPlatform("windows")]
    private static string? UsersSocket(string configuration)
    {
        string Value(string key) => configuration.Split('\n').FirstOrDefault(line => line.StartsWith(key + " ", StringComparison.Ordinal))?[(key.Length + 1)..].Trim() ?? "";
        var path = Value("controlpath");
        var stays = Value("controlmaster") is "auto" or "true" or "yes" && Value("controlpersist") is not ("" or "no" or "false");
        return path is ['/', ..] && (stays || UnixSocket.HasListener(path)) ? path : null;
    }

    private static string Name(SshAddress address)
    {
        string[] files = [SshOptions.Program, Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh", "config"), "/etc/ssh/ssh_config"];
        return NameHash.Of(string.Join('\0', [address.ToString(), .. files.Select(Version)]));
    }

    private static string Version(string file) =>
        new FileInfo(file) is { Exists: true } found ? $"{file}:{found.Length}:{found.LastWriteTimeUtc.Ticks}" : file;
}
