using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ferry.Remote.Agent;

namespace Ferry.Debugging;

/// <summary>
/// Where the debugger of this PC meets gdbserver's bytes: a unix socket that nobody else can reach; on Windows, whose debuggers know none, a port of the loopback.
/// One debugger, once.
/// </summary>
internal sealed class DebugSocket : IDisposable
{
    private readonly Socket listener;
    private readonly string folder;
    private readonly TaskCompletionSource<Socket> debugger = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DebugSocket()
    {
        // 0700 on Unix.
        folder = Directory.CreateTempSubdirectory("ferry-debug-").FullName;
        var path = Path.Combine(folder, "gdb");
        var isUnix = !OperatingSystem.IsWindows();
        listener = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(isUnix ? new UnixDomainSocketEndPoint(path) : new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Address = isUnix ? path : "localhost:" + ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>As debuggers take it.</summary>
    public string Address { get; }

    /// <summary>A folder of this session alone.</summary>
    public string Folder => folder;

    public static DebugSocket Listen() => new();

    /// <summary>Carries what the debugger says, from a thread of its own.</summary>
    public void Serve(Wire wire) => new Thread(() => Carry(wire), 256 << 10) { IsBackground = true, Name = "debugger" }.Start();

    /// <summary>What gdbserver says; it speaks only when the debugger has spoken.</summary>
    public void Hear(ReadOnlyMemory<byte> bytes)
    {
        if (!debugger.Task.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += debugger.Task.Result.Send(bytes.Span[sent..]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The debugger has gone, and whoever waits for it says so.
        }
    }

    /// <summary>gdbserver has gone: the debugger notices.</summary>
    public void Close()
    {
        if (debugger.Task.IsCompletedSuccessfully)
        {
            debugger.Task.Result.Dispose();
        }

        listener.Dispose();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(folder, recursive: true);
    }

    private void Carry(Wire wire)
    {
        try
        {
            var accepted = listener.Accept();
            debugger.SetResult(accepted);
            var buffer = new byte[32 << 10];
            while (accepted.Receive(buffer) is var count and > 0)
            {
                wire.Say(buffer.AsSpan(0, count));
            }

            wire.End();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or FerryException)
        {
            // One of both ends is lost; whoever waits for it says so.
        }
    }
}
