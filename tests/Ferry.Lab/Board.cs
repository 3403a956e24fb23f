using System.Collections.Concurrent;
using System.Globalization;

namespace Ferry.Lab;

/// <summary>
/// An emulated board that is up: a whole system with a real sshd (see tests/lab/boards). The tests of a process share it,
/// and the last process that wants it takes it down; one that a person brought up is used and left.
/// </summary>
public sealed class Board
{
    private static readonly ConcurrentDictionary<string, Lazy<Board>> Known = new(StringComparer.Ordinal);
    private static readonly TimeSpan ToPrepareAndBoot = TimeSpan.FromMinutes(5);

    private Board(string name, int port)
    {
        Name = name;
        Port = port;
    }

    /// <summary>The board's name, which is its alias in <see cref="SshConfig"/>, too; <c>NAME-root</c> logs in as root.</summary>
    public string Name { get; }

    /// <summary>The port on this machine's loopback that leads to the board's sshd.</summary>
    public int Port { get; }

    /// <summary>Where the board's keys, its console and so on are.</summary>
    public string Folder => FolderOf(Name);

    /// <summary>A program that is ssh with <see cref="SshConfig"/>. Ferry calls it when <c>FERRY_SSH</c> names it.</summary>
    public string Ssh => Path.Combine(Folder, "ssh");

    public string SshConfig => Path.Combine(Folder, "ssh_config");

    public string KnownHosts => Path.Combine(Folder, "known_hosts");

    public string Key => Path.Combine(Folder, "id_ed25519");

    /// <summary>What the board's console has said so far.</summary>
    public string Console => File.ReadAllText(Path.Combine(Folder, "console.log"));

    /// <summary>Boots a board, or finds it up, and returns when its sshd answers. Throws with the board's console otherwise.</summary>
    public static Board Up(string name) => Known.GetOrAdd(name, static n => new Lazy<Board>(() => Boot(n))).Value;

    /// <summary>Runs a command on the board by plain ssh, without Ferry: what a test wants to know apart from Ferry.</summary>
    public RunResult Shell(string command, string? user = null, byte[]? input = null, TimeSpan? timeout = null) =>
        Run.Process(Ssh, ["-T", user is null ? Name : $"{user}@{Name}", command], input: input, timeout: timeout);

    private static string FolderOf(string name) => Path.Combine(Repository.Cache, "boards", name);

    private static Board Boot(string name)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Call("down", name);
        var up = Call("up", name);
        if (up.ExitCode != 0)
        {
            throw new InvalidOperationException($"board {name} did not come up\n{up}");
        }

        var port = File.ReadAllText(Path.Combine(FolderOf(name), "port")).Trim();
        return new Board(name, int.Parse(port, CultureInfo.InvariantCulture));
    }

    private static RunResult Call(string verb, string name) =>
        Run.Process(
            Repository.PathOf("tests", "lab", "boards"),
            [verb, name, "--for", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
            timeout: ToPrepareAndBoot);
}
