using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Ferry.Benchmarks.Links;

/// <summary>One direction of one connection: segments are read, wait as long as the line says, and are written.</summary>
internal sealed class Lane(Socket from, Socket to, Line line, LinkRate rate) : IDisposable
{
    // What a network card keeps ready: were it less, the wire would idle whenever this machine is late to wake us.
    private static readonly long Ahead = Stopwatch.Frequency / 40;

    // What Ethernet takes at once. An open link is not to be slowed by us.
    private readonly int segment = rate.BitsPerSecond > 0 ? 1448 : 64 << 10;

    // As much as a router holds back: what is more waits at the sender.
    private readonly BlockingCollection<(byte[] Bytes, long Arrives)> underway = new(boundedCapacity: 48);

    public IReadOnlyList<Thread> Start() => [Begin(Read), Begin(Write)];

    public void Dispose() => underway.Dispose();

    private static Thread Begin(ThreadStart work)
    {
        var thread = new Thread(work, 256 << 10) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Read()
    {
        try
        {
            var buffer = new byte[segment];
            for (int count; (count = from.Receive(buffer)) > 0;)
            {
                var (sent, arrives) = line.Take(count);
                underway.Add((buffer[..count], arrives));
                Nap.Until(sent - Ahead);
            }
        }
        catch (SocketException)
        {
            // One end has gone, which the other one hears of by its own lane.
        }

        underway.CompleteAdding();
    }

    private void Write()
    {
        try
        {
            foreach (var (bytes, arrives) in underway.GetConsumingEnumerable())
            {
                Nap.Until(arrives);
                for (var written = 0; written < bytes.Length;)
                {
                    written += to.Send(bytes.AsSpan(written));
                }

                line.Count(bytes.Length);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            underway.CompleteAdding();
            from.Close();
        }
    }
}
