using System.Runtime.InteropServices;
using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote;
using Ferry.Remote.Agent;

namespace Ferry.Debugging;

/// <summary>A program on a device and a debugger here, from the one's start to the other's end.</summary>
internal static class DebugSession
{
    /// <param name="debugger">With which.</param>
    /// <param name="setup">What it is told, when it is known where the session is to be met, and what runs where gdbserver was attached.</param>
    /// <param name="device">Where.</param>
    /// <param name="request">What, with a gdbserver.</param>
    /// <param name="streams">Where the program's streams end here; not its signals, which are the debugger's affair.</param>
    /// <param name="sent">Hears how many of how many bytes were sent.</param>
    /// <param name="say">Hears what takes a while.</param>
    /// <param name="news">Hears what is waited for.</param>
    public static ProgramEnd Run(Debugger debugger, Func<string, string, DebugSetup> setup, DeviceSummary device, RunRequest request, LocalStreams streams, Action<long, long> sent, Action<string, string> say, RunNews news)
    {
        using var socket = DebugSocket.Listen();
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var wire = new Wire(ready.SetResult, socket.Hear, _ => { });
        var run = Task.Factory.StartNew(() => DeviceRun.Run(device, request, streams, sent, say, news, wire), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // It reads the program while this PC connects and the device starts; but the process that is attached to has its say in what it is told.
        using var early = request.Server?.Process is null ? DebuggerRun.Start(debugger, setup(socket.Address, ""), socket.Folder) : null;
        var isInterrupted = WaitForStart(ready.Task, run, early?.End);
        if (!ready.Task.IsCompleted)
        {
            // The debugger ends as we leave, before anything is said.
            return isInterrupted ? ProgramEnd.Killed(LinuxSignal.Interrupt)
                : run.IsCompleted ? run.GetAwaiter().GetResult()
                : throw DebuggerRun.Failed(debugger, early!.Wait());
        }

        // gdb says that its connection has gone, and keeps its prompt.
        _ = run.ContinueWith(_ => socket.Close(), TaskScheduler.Default);
        socket.Serve(wire);
        ProcessEnd end;
        using (OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGTSTP, context => Stop(context, wire)))
        using (var started = early ?? DebuggerRun.Start(debugger, setup(socket.Address, ready.Task.Result), socket.Folder))
        {
            end = started.Wait();
        }

        Quietly(wire.End);
        var program = run.GetAwaiter().GetResult();
        return program.IsNotSeen && (end.Code != 0 || end.Signal != 0) ? throw DebuggerRun.Failed(debugger, end) : program;
    }

    /// <summary>Waits for the first of them, or for a Ctrl-C: there is no program yet that it could be meant for.</summary>
    private static bool WaitForStart(Task ready, Task run, Task? debugger)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            interrupted.TrySetResult();
        });
        Task.WaitAny(ready, run, interrupted.Task, debugger ?? interrupted.Task);
        return interrupted.Task.IsCompleted;
    }

    /// <summary>Ctrl-Z stops the debugger and us: the agent must not take that for a lost connection.</summary>
    internal static void Stop(PosixSignalContext context, Wire wire)
    {
        context.Cancel = true;
        Quietly(wire.Suspend);
        Death.StopHere(wholeGroup: false);
        Quietly(wire.Resume);
    }

    internal static void Quietly(Action send)
    {
        try
        {
            send();
        }
        catch (FerryException)
        {
            // The connection is lost, as the run is about to say.
        }
    }
}
