using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Ferry.Benchmarks.Links;

/// <summary>What a relay really does, measured at a peer of our own behind it.</summary>
public static class LinkCheck
{
    /// <summary>The median time of one byte there and back, over <paramref name="times"/>.</summary>
    public static TimeSpan RoundTrip(LinkRate rate, int times)
    {
        using var echo = new Peer(stream =>
        {
            for (int one; (one = stream.ReadByte()) >= 0;)
            {
                stream.WriteByte((byte)one);
            }
        });
        using var relay = new Relay(rate, echo.Port);
        using var client = new TcpClient("127.0.0.1", relay.Port) { NoDelay = true };
        using var wire = client.GetStream();
        var took = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            wire.WriteByte(1);
            _ = wire.ReadByte();
            took.Add(clock.Elapsed);
        }

        took.Sort();
        return took[took.Count / 2];
    }

    /// <summary>Sends so many bytes and gets as many back, one after the other; what each line counted, and how long each took.</summary>
    public static (long There, long Back, TimeSpan ToThere, TimeSpan ToHere) Carry(LinkRate rate, int count)
    {
        using var peer = new Peer(stream =>
        {
            ReadAll(stream, count);
            stream.WriteByte(1);
            _ = stream.ReadByte();
            stream.Write(new byte[count]);
        });
        using var relay = new Relay(rate, peer.Port);
        using var client = new TcpClient("127.0.0.1", relay.Port) { NoDelay = true };
        using var wire = client.GetStream();
        var clock = Stopwatch.StartNew();
        wire.Write(new byte[count]);
        _ = wire.ReadByte();
        var there = clock.Elapsed;
        clock.Restart();
        wire.WriteByte(1);
        ReadAll(wire, count);
        // The one byte that says "there" and "go on", each.
        return (relay.There.Bytes - 1, WaitFor(relay.Back, count + 1L) - 1, there, clock.Elapsed);
    }

    // A segment is counted when it has been handed over, which its reader may be quicker to notice.
    private static long WaitFor(Line line, long bytes)
    {
        for (var i = 0; i < 500 && line.Bytes < bytes; i++)
        {
            Thread.Sleep(10);
        }

        return line.Bytes;
    }

    private static void ReadAll(NetworkStream stream, int count)
    {
        var buffer = new byte[64 << 10];
        for (var rest = count; rest > 0; rest -= stream.ReadAtLeast(buffer.AsSpan(0, Math.Min(rest, buffer.Length)), 1))
        {
        }
    }

    private sealed class Peer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Peer(Action<NetworkStream> talk)
        {
            listener.Start();
            new Thread(() => Serve(talk)) { IsBackground = true }.Start();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Dispose() => listener.Dispose();

        private void Serve(Action<NetworkStream> talk)
        {
            try
            {
                using var client = listener.AcceptTcpClient();
                client.NoDelay = true;
                talk(client.GetStream());
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
