using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ferry.Debugging;

/// <summary>
/// A port of this PC's loopback where a debugger comes for a session. Whoever speaks first has it; somebody who only looks whether the port is open has not.
/// All others are told that there is none for them, in the words of GDB's remote protocol.
/// </summary>
internal sealed class ServePort : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Action<string> refused;
    private readonly Lock gate = new();
    private ServedProgram? program;
    private Socket? debugger;
    private Thread? carrier;
    private Action? taken;

    private ServePort(Action<string> refused) => this.refused = refused;

    public int Number => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <param name="number">Which; 0 for one that is free.</param>
    /// <param name="refused">Hears why a debugger was sent away.</param>
    /// <exception cref="FerryException">It is taken, or not for everybody.</exception>
    public static ServePort Open(int number, Action<string> refused)
    {
        var port = new ServePort(refused);
        try
        {
            port.listener.Bind(new IPEndPoint(IPAddress.Loopback, number));
            port.listener.Listen();
        }
        catch (SocketException e)
        {
            port.listener.Dispose();
            throw new FerryException($"cannot serve on port {number} of this PC", e.Message, "take another one: --serve PORT; --serve alone takes one that is free");
        }

        Begin(port.Accept, "debuggers");
        return port;
    }

    /// <summary>From now on there is something to debug.</summary>
    public void Offer(ServedProgram offered)
    {
        lock (gate)
        {
            program = offered;
        }
    }

    /// <summary>Has somebody called when a debugger has come, before the program hears of it.</summary>
    public void WhenTaken(Action act) => taken = act;

    /// <summary>What gdbserver says; it speaks only when the debugger has spoken.</summary>
    public void Hear(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            Send(debugger, bytes.Span);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The debugger has gone, as its carrier has noticed.
        }
    }

    /// <summary>Nobody comes any more, and the debugger notices the end; what it was told before, it reads first.</summary>
    public void Dispose()
    {
        listener.Dispose();
        try
        {
            debugger?.Shutdown(SocketShutdown.Send);
            carrier?.Join(Patience);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has gone by itself.
        }
    }

    private static void Begin(ThreadStart work, string name) => new Thread(work, 256 << 10) { IsBackground = true, Name = name }.Start();

    private static void Send(Socket? socket, ReadOnlySpan<byte> bytes)
    {
        while (socket is not null && bytes.Length > 0)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var caller = listener.Accept();
                Begin(() => Hear(caller), "debugger");
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The port is closed.
        }
    }

    private void Hear(Socket caller)
    {
        using var ended = caller;
        try
        {
            var buffer = new byte[32 << 10];
            var count = caller.Receive(buffer);
            if (count == 0)
            {
                return;
            }

            var isOurs = LoopbackUsers.MayBeOurs(Number, ((IPEndPoint)caller.RemoteEndPoint!).Port);
            if (!isOurs || Take(caller) is not { } mine)
            {
                Refuse(caller, isOurs, buffer, count);
                return;
            }

            Carry(caller, mine, buffer, count);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has gone.
        }
    }

    private ServedProgram? Take(Socket caller)
    {
        lock (gate)
        {
            if (program is null || debugger is not null)
            {
                return null;
            }

            (debugger, carrier) = (caller, Thread.CurrentThread);
            taken?.Invoke();
            return program;
        }
    }

    private static void Carry(Socket caller, ServedProgram program, byte[] buffer, int count)
    {
        try
        {
            for (; count > 0; count = caller.Receive(buffer))
            {
                program.Say(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or FerryException)
        {
            // One of both ends is lost; whoever waits for it says so.
        }

        program.DebuggerHasGone();
    }

    /// <summary>gdb shows the text of an error (its manual, "Standard Replies": E.TEXT) that answers its first question; lldb says only that there was no answer.</summary>
    private void Refuse(Socket caller, bool isOurs, byte[] buffer, int count)
    {
        var why = !isOurs ? "it is another user's of this PC" : program is null ? "there is nothing to debug yet" : "another debugger is there already, and a program has one at a time";
        refused(why);
        caller.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        while (count > 0 && !buffer.AsSpan(0, count).Contains((byte)'#'))
        {
            count = caller.Receive(buffer);
        }

        var packet = $"E.Ferry: {why}";
        Send(caller, Encoding.ASCII.GetBytes($"+${packet}#{packet.Sum(letter => letter) & 0xFF:x2}"));
        caller.Shutdown(SocketShutdown.Send);
        while (caller.Receive(buffer) > 0)
        {
        }
    }
}
