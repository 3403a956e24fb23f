using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Ferry.Processes;

/// <summary>A child by posix_spawn, with every signal as the kernel has it by default and only fds 0, 1 and 2 open.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixChild : IChild
{
    private const int NoHang = 1; // WNOHANG

    private readonly Lock reaping = new();
    private readonly TaskCompletionSource<ProcessEnd> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PipeEnds?[] pipes;
    private readonly bool ownSession;
    private bool reaped;

    public UnixChild(ChildLine line)
    {
        ownSession = line.OwnSession;
        ChildStream[] streams = [line.Input, line.Output, line.Errors];
        pipes = [.. streams.Select((stream, i) => stream == ChildStream.Pipe ? new PipeEnds(weWrite: i == 0) : null)];
        try
        {
            Id = Spawn(line, streams);
        }
        catch
        {
            Array.ForEach(pipes, pipe => pipe?.Dispose());
            throw;
        }
        finally
        {
            Array.ForEach(pipes, pipe => pipe?.CloseChilds());
        }

        new Thread(Reap, 128 * 1024) { IsBackground = true, Name = $"wait for {Path.GetFileName(line.File)}" }.Start();
    }

    public int Id { get; }

    public Stream Input => pipes[0]?.Ours ?? Stream.Null;

    public Stream Output => pipes[1]?.Ours ?? Stream.Null;

    public Stream Errors => pipes[2]?.Ours ?? Stream.Null;

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

    public bool SignalGroup(int signal)
    {
        if (!ownSession)
        {
            return false;
        }

        if (end.Task.IsCompleted)
        {
            ReapAdopted();
        }

        return Libc.Kill(-Id, signal) == 0;
    }

    /// <summary>What the child left behind becomes ours where we are its subreaper; a zombie would look like one that lives.</summary>
    private unsafe void ReapAdopted()
    {
        int status;
        while (Libc.WaitPid(-Id, &status, NoHang) > 0)
        {
        }
    }

    private unsafe int Spawn(ChildLine line, ChildStream[] streams)
    {
        using var actions = new SpawnActions(ownSession);
        if (line.Folder is not null)
        {
            actions.Enter(line.Folder);
        }

        for (var i = 0; i < streams.Length; i++)
        {
            if (pipes[i] is { } pipe)
            {
                actions.Duplicate(pipe.Childs, i);
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

        using var path = NativeStrings.Of(line.File.Contains('/') ? line.File : Tool.Find(line.File) ?? line.File);
        using var argv = new NativeStrings([Encoding.UTF8.GetBytes(line.File), .. line.Arguments]);
        using var environment = line.Variables.Count > 0 ? new NativeStrings([.. NativeEnvironment.With(line.Variables)]) : null;
        var error = actions.Spawn(out var id, path.First, argv.Pointers, environment is null ? NativeEnvironment.Pointers : environment.Pointers);
        return error == 0 ? id : throw Exec.CannotStart(line.File, error);
    }

    /// <summary>
    /// .NET's SIGCHLD handler reaps only children that Process started, so this one is left for us. waitid first leaves the zombie in place:
    /// its id cannot be given to another process between the look at <see cref="reaped"/> and the kill.
    /// </summary>
    private void Reap()
    {
        WaitUntilEnded(Id);
        lock (reaping)
        {
            reaped = true;
            end.SetResult(Reap(Id));
        }
    }

    /// <summary>Blocks until a child has ended, and leaves it to be reaped.</summary>
    private static unsafe void WaitUntilEnded(int id)
    {
        // WEXITED is 4 everywhere; siginfo_t has 128 bytes at most.
        var information = stackalloc byte[128];
        var options = 4 | (OperatingSystem.IsMacOS() ? 0x20 : 0x1000000);
        while (Libc.WaitId(1, (uint)id, information, options) != 0 && Marshal.GetLastPInvokeError() == Libc.ErrorInterrupted)
        {
        }
    }

    private static unsafe ProcessEnd Reap(int id)
    {
        int status;
        int result;
        while ((result = Libc.WaitPid(id, &status, 0)) == -1 && Marshal.GetLastPInvokeError() == Libc.ErrorInterrupted)
        {
        }

        // Who starts Ferry with SIGCHLD ignored lets the kernel throw exit codes away.
        return result == id ? ProcessEnd.FromWaitStatus(status) : new(255, 0);
    }
}
