using System.Net.Sockets;
using System.Runtime.InteropServices;
using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote;
using Ferry.Remote.Agent;

namespace Ferry.Debugging;

/// <summary>A program that waits for a debugger which somebody else has started, an editor mostly.</summary>
internal static class ServeSession
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <param name="port">Where the debugger comes.</param>
    /// <param name="device">Where the program runs.</param>
    /// <param name="request">What, with a gdbserver.</param>
    /// <param name="streams">Where its streams end here.</param>
    /// <param name="sent">Hears how many of how many bytes were sent.</param>
    /// <param name="say">Hears what takes a while.</param>
    /// <param name="news">Hears what is waited for.</param>
    /// <param name="ready">Called when a debugger may come, with what runs where gdbserver was attached.</param>
    /// <param name="end">Ends the session.</param>
    public static ProgramEnd OnDevice(ServePort port, DeviceSummary device, RunRequest request, LocalStreams streams, Action<long, long> sent, Action<string, string> say, RunNews news, Action<string> ready, CancellationToken end)
    {
        var started = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var wire = new Wire(started.SetResult, port.Hear, _ => { });
        var run = Task.Factory.StartNew(() => DeviceRun.Run(device, request, streams, sent, say, news, wire), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var ended = new TaskCompletionSource();
        using var ending = end.Register(ended.SetResult);
        if (Task.WaitAny([started.Task, run, ended.Task], CancellationToken.None) != 0)
        {
            // It did not come to a start, and says why; or nobody wants it any more, and what was begun ends with the connection.
            return run.IsCompleted ? run.GetAwaiter().GetResult() : ProgramEnd.NotSeen;
        }

        using (OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGTSTP, context => DebugSession.Stop(context, wire)))
        {
            port.Offer(new ServedProgram(bytes => wire.Say(bytes.Span), () => DebugSession.Quietly(wire.End)));
            ready(started.Task.Result);
            if (Task.WaitAny([run, ended.Task], CancellationToken.None) == 1)
            {
                // What it says now, that gdbserver ended before a debugger came, say, is no news to who has ended it.
                DebugSession.Quietly(wire.End);
                _ = Task.WaitAny([run], Grace);
                return ProgramEnd.NotSeen;
            }

            return run.GetAwaiter().GetResult();
        }
    }

    /// <summary>In the emulator, whose own stub waits on a unix socket.</summary>
    /// <param name="port">Where the debugger comes.</param>
    /// <param name="line">QEMU's line, with the socket's path in it.</param>
    /// <param name="ready">Called when a debugger may come.</param>
    /// <param name="end">Ends the session.</param>
    public static ProgramEnd OnEmulator(ServePort port, Func<string, ChildLine> line, Action ready, CancellationToken end)
    {
        var folder = Directory.CreateTempSubdirectory("ferry-debug-").FullName; // 0700
        try
        {
            var path = Path.Combine(folder, "gdb");
            using var qemu = SessionProcess.Start(line(path));
            using var stub = Connect(qemu, path);
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var ending = end.Register(() => gone.TrySetResult());
            port.Offer(new ServedProgram(bytes => Send(stub, bytes), () => gone.TrySetResult()));
            new Thread(() => Carry(stub, port), 256 << 10) { IsBackground = true, Name = "emulator" }.Start();
            ready();
            if (Task.WaitAny([qemu.End, gone.Task], CancellationToken.None) == 1 && (end.IsCancellationRequested || !qemu.Wait(Grace)))
            {
                qemu.Kill();
                return ProgramEnd.NotSeen;
            }

            var program = qemu.Wait();
            return program.Signal != 0 ? ProgramEnd.Killed(program.Signal) : ProgramEnd.Exited(program.Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>QEMU takes one connection, and does not begin before it is told to.</summary>
    private static Socket Connect(SessionProcess qemu, string path)
    {
        for (var begin = Environment.TickCount64; Environment.TickCount64 - begin < StartLimit.TotalMilliseconds && !qemu.Wait(TimeSpan.FromMilliseconds(10));)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
        }

        throw new FerryException("the emulator does not wait for a debugger", qemu.End.IsCompleted ? $"it ended with exit code {qemu.Wait().Code}" : $"nothing listens on '{path}'", exit: ExitCode.DeviceUnreachable);
    }

    private static void Send(Socket stub, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[stub.Send(bytes.Span)..];
        }
    }

    private static void Carry(Socket stub, ServePort port)
    {
        try
        {
            var buffer = new byte[32 << 10];
            while (stub.Receive(buffer) is var count and > 0)
            {
                port.Hear(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // QEMU has ended, as whoever waits for it sees.
        }
    }
}
