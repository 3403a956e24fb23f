using System.Net;
using System.Net.Sockets;

namespace Ferry.Benchmarks.Links;

/// <summary>
/// The link between this machine and a board: listens on the loopback and passes everything on to another port of it, in the time that such a
/// link takes. All connections through it share its two lines, and what both deliver is counted.
/// </summary>
public sealed class Relay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly LinkRate rate;
    private readonly int target;

    public Relay(LinkRate rate, int target)
    {
        this.rate = rate;
        this.target = target;
        (There, Back) = (new Line(rate), new Line(rate));
        listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Line There { get; }

    public Line Back { get; }

    public void Dispose() => listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = listener.AcceptSocket();
                new Thread(() => Carry(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private void Carry(Socket client)
    {
        using (client)
        {
            using var board = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            client.NoDelay = true;
            try
            {
                board.Connect(IPAddress.Loopback, target);
            }
            catch (SocketException)
            {
                return;
            }

            using var there = new Lane(client, board, There, rate);
            using var back = new Lane(board, client, Back, rate);
            foreach (var thread in (Thread[])[.. there.Start(), .. back.Start()])
            {
                thread.Join();
            }
        }
    }
}
