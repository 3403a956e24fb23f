using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Ferry.Processes;

namespace Ferry.Remote.Ssh;

/// <summary>
/// The connection to a device that its channels share. Two steps: first ssh in the foreground, where it may ask on the terminal what it asks; it then stays
/// in the background for ten minutes (ControlPersist), or as long as the user's own configuration says where that multiplexes already. When there is one,
/// connecting starts no process. Windows' OpenSSH cannot share: there each channel is a connection.
/// </summary>
internal sealed class SshMaster
{
    private const int SigInt = 2;
    private static readonly TimeSpan TailPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaybeLate = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LateSignal = TimeSpan.FromSeconds(2);

    private readonly ControlPlace? shared;

    private SshMaster(SshAddress address, ControlPlace? shared)
    {
        Address = address;
        this.shared = shared;
    }

    public SshAddress Address { get; }

    /// <summary>Finds the master or starts it. <paramref name="say"/> gets what ssh itself says while it may be asking on the terminal.</summary>
    /// <exception cref="FerryException">Exit 3 when the device cannot be reached or refuses us, 4 without ssh, 130 when the user interrupted a question.</exception>
    public static SshMaster Connect(SshAddress address, Action<string>? say = null)
    {
        if (OperatingSystem.IsWindows())
        {
            return new(address, null);
        }

        var place = ControlPlace.Of(address);
        if (!place.IsAlive())
        {
            using var alone = ControlSlots.Lock(place.Prefix + ".lock");
            place = place.Decide(address);
            if (!place.IsAlive())
            {
                Start(address, place, say);
            }
        }

        return new(address, place);
    }

    /// <summary>The master that is there already, or null: nothing is started and nobody is asked anything.</summary>
    [UnsupportedOSPlatform("windows")]
    public static SshMaster? Find(SshAddress address) => ControlPlace.Of(address) is var place && place.IsAlive() ? new(address, place) : null;

    public bool IsAlive => OperatingSystem.IsWindows() || shared is null || shared.IsAlive();

    /// <summary>
    /// Starts a command on the device, in a channel of its own. Waits while eight are open. The command passes through the user's login shell there, which
    /// may be fish or csh: one plain word, or something that they all pass on.
    /// </summary>
    public SshChannel Open(string remoteCommand)
    {
        var slot = shared is null ? null : ControlSlots.Take(shared.Prefix);
        try
        {
            return new SshChannel(Address, slot, shared?.Log, () => SessionProcess.Start(
                SshOptions.Program,
                SshOptions.Channel(Address, shared?.OwnSocket, shared is not null, remoteCommand),
                ChildStream.Pipe, ChildStream.Pipe, ChildStream.Pipe));
        }
        catch
        {
            slot?.Dispose();
            throw;
        }
    }

    /// <summary>The ssh of a channel alone, through this master or not at all: with streams of the caller's, and none of the eight taken.</summary>
    public SessionProcess Start(string remoteCommand, ChildStream input, ChildStream output, ChildStream errors) =>
        SessionProcess.Start(SshOptions.Program, SshOptions.OnlyThrough(shared!.Socket!, Address, remoteCommand), input, output, errors);

    [UnsupportedOSPlatform("windows")]
    private static void Start(SshAddress address, ControlPlace place, Action<string>? say)
    {
        var log = place.Log;
        File.WriteAllText(log, "");
        if (place.OwnSocket is { } stale)
        {
            // With a dead one in its place, ssh would go on without multiplexing.
            File.Delete(stale);
        }

        // The master outlives us: none of our pipes may be its stderr, or `ferry … 2>&1 | cat` would not end for ten minutes.
        var errors = Console.IsErrorRedirected ? ChildStream.File(log) : ChildStream.Inherit;
        using var interrupted = new ManualResetEventSlim();
        using var survive = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interrupted.Set();
        });
        using var ssh = SessionProcess.Start(SshOptions.Program, SshOptions.Master(address, place.OwnSocket, log), ChildStream.Null, ChildStream.Null, errors, ownSession: false);
        var said = 0;
        while (!ssh.Wait(TailPause))
        {
            said = SayNews(log, said, say);
        }

        var end = ssh.Wait();
        if (end.Code != 0 || !place.IsAlive())
        {
            // ssh may have ended by the SIGINT before our own handler has run; without the handler the late signal would end us before we have said a word.
            // At a question it does not die of it, but gives up as if the answer had been no.
            throw interrupted.Wait(end.Signal == SigInt ? LateSignal : SshOptions.HasTerminal ? MaybeLate : TimeSpan.Zero) || end.Signal == SigInt
                ? new FerryException($"interrupted while connecting to '{address}'", exit: ExitCode.Interrupted)
                : SshFailure.From(address, end.Code, File.ReadAllText(log));
        }
    }

    private static int SayNews(string log, int said, Action<string>? say)
    {
        if (say is null || !SshOptions.HasTerminal)
        {
            return said;
        }

        var words = File.ReadAllText(log);
        if (words.Length > said)
        {
            say(Observed.Text(words[said..].Replace("\r", "")));
        }

        return words.Length;
    }
}
