using System.Runtime.Versioning;

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
        new(OperatingSystem.IsWindows()
            ? new WindowsChild(file, arguments, input, output, errors)
            : new UnixChild(file, [.. arguments.Select(RawArguments.Bytes)], [input, output, errors], ownSession));

    /// <summary>The same in our own session, with our own streams, and arguments of any bytes.</summary>
    [UnsupportedOSPlatform("windows")]
    public static SessionProcess Start(string file, IReadOnlyList<byte[]> arguments) =>
        new(new UnixChild(file, arguments, [ChildStream.Inherit, ChildStream.Inherit, ChildStream.Inherit], ownSession: false));

    public ProcessEnd Wait() => End.GetAwaiter().GetResult();

    public bool Wait(TimeSpan limit) => End.Wait(limit);

    /// <summary>Ends the child and what it started in its session: SIGKILL unless told otherwise. Nothing happens when it has ended already.</summary>
    public void Kill(int signal = 9) => child.Kill(signal);

    /// <summary>Kills the child if it still runs, and closes our ends of its pipes.</summary>
    public void Dispose()
    {
        Kill();
        Input.DisposeQuietly();
        Output.Dispose();
        Errors.Dispose();
    }
}
