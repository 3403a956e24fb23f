using System.Net;
using System.Net.Sockets;

namespace Ferry.EndToEnd.BadInput;

/// <summary>A network that breaks: carries connections to a port of this machine until so many bytes have passed, in both directions together, or until it is cut.</summary>
public sealed class CuttingRelay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> open = [];
    private readonly Lock happening = new();
    private readonly int to;
    private long left = long.MaxValue;
    private long calm = long.MaxValue;
    private Action? afterwards;

    public CuttingRelay(int to)
    {
        this.to = to;
        listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void CutAfter(long bytes) => Interlocked.Exchange(ref left, bytes);

    /// <summary>Something that happens once, when so many bytes have passed; the link is not cut.</summary>
    public void After(long bytes, Action happens)
    {
        lock (happening)
        {
            afterwards = happens;
            Interlocked.Exchange(ref calm, bytes);
        }
    }

    /// <summary>Neither is cut any more, nor does anything happen; what is happening has happened.</summary>
    public void CarryAll()
    {
        CutAfter(long.MaxValue);
        lock (happening)
        {
            afterwards = null;
        }
    }

    public void Cut()
    {
        lock (open)
        {
            open.ForEach(client => client.Close());
            open.Clear();
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        Cut();
    }

    private void Happen()
    {
        lock (happening)
        {
            var now = afterwards;
            afterwards = null;
            now?.Invoke();
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var near = listener.AcceptTcpClient();
                var far = new TcpClient("127.0.0.1", to);
                lock (open)
                {
                    open.AddRange([near, far]);
                }

                new Thread(() => Carry(near, far)) { IsBackground = true }.Start();
                new Thread(() => Carry(far, near)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was disposed of.
        }
    }

    private void Carry(TcpClient from, TcpClient into)
    {
        var part = new byte[4096];
        try
        {
            for (int count; (count = from.GetStream().Read(part)) > 0;)
            {
                if (Interlocked.Add(ref left, -count) < 0)
                {
                    Cut();
                    return;
                }

                if (Interlocked.Add(ref calm, -count) < 0)
                {
                    Happen();
                }

                into.GetStream().Write(part, 0, count);
            }

            into.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone; the other is told.
            into.Close();
        }
    }
}
