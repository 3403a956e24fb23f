using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Text;

namespace Ferry.Processes;

/// <summary>A child by posix_spawn, with every signal as the kernel has it by default and only fds 0, 1 and 2 open.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixChild : IChild
{
    private readonly Lock reaping = new();
    private readonly TaskCompletionSource<ProcessEnd> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnonymousPipeServerStream?[] pipes;
    private readonly bool ownSession;
    private bool reaped;

    public UnixChild(string file, IReadOnlyList<string> arguments, ChildStream[] streams, bool ownSession)
    {
        this.ownSession = ownSession;
        pipes = [.. streams.Select((stream, i) => stream == ChildStream.Pipe ? NewPipe(i == 0 ? PipeDirection.Out : PipeDirection.In) : null)];
        try
        {
            Id = Spawn(file, arguments, streams);
        }
        catch
        {
            Array.ForEach(pipes, pipe => pipe?.Dispose());
            throw;
        }
        finally
        {
            Array.ForEach(pipes, pipe => pipe?.DisposeLocalCopyOfClientHandle());
        }

        new Thread(Reap, 128 * 1024) { IsBackground = true, Name = $"wait for {Path.GetFileName(file)}" }.Start();
    }

    public int Id { get; }

    public Stream Input => pipes[0] ?? Stream.Null;

    public Stream Output => pipes[1] ?? Stream.Null;

    public Stream Errors => pipes[2] ?? Stream.Null;

    public Task<ProcessEnd> End => end.Task;

    public void Kill(int signal)
    {
        lock (reaping)
        {
            if (!reaped)
            {
                _ = Libc.Kill(ownSession ? -Id : Id, signal);
            }
        }
    }

    // Both ends are made close-on-exec, in one step where the system can: no other child inherits them.
    private static AnonymousPipeServerStream NewPipe(PipeDirection direction) => new(direction, HandleInheritability.None);

    private unsafe int Spawn(string file, IReadOnlyList<string> arguments, ChildStream[] streams)
    {
        using var actions = new SpawnActions(ownSession);
        for (var i = 0; i < streams.Length; i++)
        {
            if (pipes[i] is { } pipe)
            {
                actions.Duplicate((int)pipe.ClientSafePipeHandle.DangerousGetHandle(), i);
            }
            else if (streams[i] == ChildStream.Inherit)
            {
                actions.Duplicate(i, i);
            }
            else
            {
                actions.Open(streams[i].Path ?? "/dev/null", i);
            }
        }

        using var path = NativeStrings.Of(file.Contains('/') ? file : Tool.Find(file) ?? file);
        using var argv = new NativeStrings([.. arguments.Prepend(file).Select(Encoding.UTF8.GetBytes)]);
        var error = actions.Spawn(out var id, path.First, argv.Pointers, NativeEnvironment.Pointers);
        return error == 0 ? id : throw Exec.CannotStart(file, error);
    }

    /// <summary>
    /// .NET's SIGCHLD handler reaps only children that Process started, so this one is left for us. waitid first leaves the zombie in place:
    /// its id cannot be given to another process between the look at <see cref="reaped"/> and the kill.
    /// </summary>
    private void Reap()
    {
        Libc.WaitUntilEnded(Id);
        lock (reaping)
        {
            reaped = true;
            end.SetResult(Libc.Reap(Id));
        }
    }
}
