using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Ferry.Packages;

/// <summary>Files of archives, by http and https. Proxies are those of the environment; a server that says nothing for a while is given up.</summary>
internal sealed class Download : IDisposable
{
    private const int LargestText = 16 << 20;

    private readonly HttpClient client;
    private readonly TimeSpan patience;
    private readonly string folder;

    /// <param name="folder">Where files are kept by their hash.</param>
    /// <param name="patience">How long a server may say nothing.</param>
    public Download(string folder, TimeSpan? patience = null)
    {
        this.folder = folder;
        this.patience = patience ?? TimeSpan.FromSeconds(30);
        client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = this.patience, AutomaticDecompression = DecompressionMethods.None }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("ferry");
    }

    public void Dispose() => client.Dispose();

    /// <summary>A small file that no hash is known of; null where the server has none.</summary>
    public byte[]? Text(string address)
    {
        var bytes = new MemoryStream();
        return Copy(address, bytes, LargestText, null) ? bytes.ToArray() : null;
    }

    /// <summary>A file that is known by its hash: kept one, or a new one, which takes its name only when it fits. The addresses are tried in their order.</summary>
    public byte[] File(IReadOnlyList<string> addresses, string sha256, long size, Action<long>? progress)
    {
        var place = Path.Combine(folder, sha256);
        if (Kept(place, sha256) is { } kept)
        {
            progress?.Invoke(size);
            return kept;
        }

        Directory.CreateDirectory(folder);
        var part = $"{place}.{Environment.ProcessId}.part";
        try
        {
            foreach (var address in addresses)
            {
                using (var file = System.IO.File.Create(part))
                {
                    if (!Copy(address, file, size, progress))
                    {
                        continue;
                    }
                }

                var bytes = System.IO.File.ReadAllBytes(part);
                if (bytes.Length != size || Hash(bytes) != sha256)
                {
                    throw new FerryException($"'{address}' is not the file that its archive has signed", bytes.Length != size ? $"it has {bytes.Length} bytes, not {size}" : $"its SHA-256 is {Hash(bytes)}, not {sha256}", "a mirror that is being updated mends itself in a while; try again then");
                }

                System.IO.File.Move(part, place, overwrite: true);
                return bytes;
            }

            throw new FerryException($"the archive does not have '{addresses[^1]}'", "the server answers 404", "its index may be older than its files; try again in a while");
        }
        finally
        {
            System.IO.File.Delete(part);
        }
    }

    private static byte[]? Kept(string place, string sha256)
    {
        if (!System.IO.File.Exists(place))
        {
            return null;
        }

        var bytes = System.IO.File.ReadAllBytes(place);
        return Hash(bytes) == sha256 ? bytes : null;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // False for 404 and 410: there is no such file. A server may not send more than it may.
    private bool Copy(string address, Stream into, long most, Action<long>? progress)
    {
        try
        {
            using var silence = new CancellationTokenSource(patience);
            using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return false;
            }

            answer.EnsureSuccessStatusCode();
            using var content = answer.Content.ReadAsStream(silence.Token);
            var part = new byte[64 << 10];
            var total = 0L;
            for (int count; (count = content.ReadAsync(part, silence.Token).AsTask().GetAwaiter().GetResult()) > 0; silence.CancelAfter(patience))
            {
                total += count;
                if (total > most)
                {
                    throw new FerryException($"'{address}' is larger than it may be", $"more than {most} bytes came");
                }

                into.Write(part, 0, count);
                progress?.Invoke(count);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            throw new FerryException($"'{address}' does not come", $"the server said nothing for {patience.TotalSeconds:0} seconds", "is this PC's network there? proxies are taken from http_proxy and https_proxy");
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or SocketException || (e is IOException && e.InnerException is SocketException))
        {
            throw new FerryException($"cannot get '{address}'", e.InnerException?.Message ?? e.Message, "is this PC's network there? proxies are taken from http_proxy and https_proxy");
        }
    }
}
