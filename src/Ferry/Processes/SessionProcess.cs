using System.Diagnostics;

namespace Ferry.Processes;

/// <summary>
/// A child in a session of its own: a Ctrl-C in the terminal does not reach it (an ssh that gets one dies at once and takes the connection along; facts in
/// docs/architecture.md). .NET's Process cannot do that, so on Unix it is posix_spawn. None of our pipe ends, nor any other file, leaks into the child.
/// </summary>
internal sealed class SessionProcess : IDisposable
{
    private readonly IChild child;

    private SessionProcess(IChild child) => this.child = child;

    public int Id => child.Id;

    /// <summary>Writes to the child's stdin; empty unless it is <see cref="ChildStream.Pipe"/>. Dispose it to give the child its end of file.</summary>
    public Stream Input => child.Input;

    public Stream Output => child.Output;

    public Stream Errors => child.Errors;

    /// <summary>Completes when the child has ended and been reaped. Its pipes may hold more to read, and a grandchild may keep them open.</summary>
    public Task<ProcessEnd> End => child.End;

    /// <summary>
    /// Starts <paramref name="file"/>, looked for on PATH when it has no slash. <paramref name="ownSession"/> is false for a program that is to ask on
    /// the terminal: it then shares our session and its Ctrl-C. Throws <see cref="FerryException"/> with exit 4 when the file is missing.
    /// </summary>
    public static SessionProcess Start(
        string file,
        IReadOnlyList<string> arguments,
        ChildStream input,
        ChildStream output,
        ChildStream errors,
        bool ownSession = true) =>
        Start(new ChildLine(file, arguments) { Input = input, Output = output, Errors = errors, OwnSession = ownSession });

    public static SessionProcess Start(ChildLine line) => new(OperatingSystem.IsWindows() ? new WindowsChild(line) : new UnixChild(line));

    public ProcessEnd Wait() => End.GetAwaiter().GetResult();

    public bool Wait(TimeSpan limit) => End.Wait(limit);

    /// <summary>Ends the child and what it started in its session: SIGKILL unless told otherwise. Nothing happens when it has ended already.</summary>
    public void Kill(int signal = 9) => child.Kill(signal);

    /// <summary>
    /// Sends a signal to everything in the child's session that stayed in its group, after the child's own end, too: a cargo that was told to end does not wait for
    /// its runner. False when nothing is there any more; signal 0 only asks.
    /// </summary>
    public bool SignalGroup(int signal) => child.SignalGroup(signal);

    /// <summary>Asks the group to end, and kills what is left of it after <paramref name="grace"/>. Returns when it has gone.</summary>
    public void EndGroup(int signal, TimeSpan grace)
    {
        SignalGroup(signal);
        if (!GroupEndsWithin(grace))
        {
            SignalGroup(LinuxSignal.Kill);
            GroupEndsWithin(grace);
        }
    }

    /// <summary>Waits for the child and all that it left behind.</summary>
    public bool GroupEndsWithin(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!End.IsCompleted || SignalGroup(0))
        {
            if (clock.Elapsed > limit)
            {
                return false;
            }

            Thread.Sleep(5);
        }

        return true;
    }

    /// <summary>Kills the child if it still runs, and closes our ends of its pipes.</summary>
    public void Dispose()
    {
        Kill();
        Input.DisposeQuietly();
        Output.Dispose();
        Errors.Dispose();
    }
}
