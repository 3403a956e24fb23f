using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ferry.Lab;

/// <summary>A web server on this PC's loopback that serves a folder, and can be told to be a bad one.</summary>
public sealed class ArchiveServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string folder;

    public ArchiveServer(string folder)
    {
        this.folder = folder;
        listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    /// <summary>Paths whose answer is cut in the middle.</summary>
    public HashSet<string> Cut { get; } = [];

    /// <summary>Paths that are answered with silence.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>The paths that were asked for.</summary>
    public List<string> Asked { get; } = [];

    public void Dispose() => listener.Dispose();

    private void Serve()
    {
        try
        {
            while (true)
            {
                var client = listener.AcceptTcpClient();
                new Thread(() => Answer(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end.
        }
    }

    private void Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                var path = Uri.UnescapeDataString((reader.ReadLine() ?? "").Split(' ').ElementAtOrDefault(1) ?? "").TrimStart('/');
                while (!string.IsNullOrEmpty(reader.ReadLine()))
                {
                    // The headers say nothing that matters here.
                }

                lock (Asked)
                {
                    Asked.Add(path);
                }

                if (Silent.Contains(path))
                {
                    Thread.Sleep(TimeSpan.FromSeconds(30));
                    return;
                }

                var file = Path.Combine(folder, path);
                var bytes = File.Exists(file) ? File.ReadAllBytes(file) : null;
                stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {(bytes is null ? "404 Not Found" : "200 OK")}\r\nContent-Length: {bytes?.Length ?? 0}\r\nConnection: close\r\n\r\n"));
                stream.Write(Cut.Contains(path) ? bytes.AsSpan(0, bytes!.Length / 2) : bytes);
            }
            catch (IOException)
            {
                // Whoever asked has gone.
            }
        }
    }
}
