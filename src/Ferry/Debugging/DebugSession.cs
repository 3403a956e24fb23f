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
        // gdb says that its connection has gone, and keeps its prompt.
        _ = run.ContinueWith(_ => socket.Close(), TaskScheduler.Default);
        if (Task.WaitAny(ready.Task, run) != 0)
        {
            return run.GetAwaiter().GetResult(); // it did not come to a start, and says why
        }

        socket.Serve(wire);
        ProcessEnd end;
        using (OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGTSTP, context => Stop(context, wire)))
        {
            end = DebuggerRun.ToTheEnd(debugger, setup(socket.Address, ready.Task.Result), socket.Folder);
        }

        Quietly(wire.End);
        var program = run.GetAwaiter().GetResult();
        return program.IsNotSeen && (end.Code != 0 || end.Signal != 0) ? throw DebuggerRun.Failed(debugger, end) : program;
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
