using System.Text;
using Ferry.Processes;

namespace Ferry.Remote.Ssh;

/// <summary>A command that runs on the device: its two streams, clean, and beside them what ssh and the command say on stderr.</summary>
internal sealed class SshChannel : IDisposable
{
    /// <summary>Of stderr the last 64 KiB are kept: the cause stands at its end.</summary>
    private const int WordsKept = 64 * 1024;

    private readonly SshAddress address;
    private readonly FileStream? slot;
    private readonly SessionProcess ssh;
    private readonly Thread listener;
    private readonly Lock saying = new();
    private readonly List<byte> words = [];

    public SshChannel(SshAddress address, FileStream? slot, SessionProcess ssh)
    {
        (this.address, this.slot, this.ssh) = (address, slot, ssh);
        listener = new Thread(Listen, 128 * 1024) { IsBackground = true, Name = "stderr of ssh" };
        listener.Start();
    }

    /// <summary>To the command's stdin. Dispose it to give the command its end of file.</summary>
    public Stream Input => ssh.Input;

    public Stream Output => ssh.Output;

    /// <summary>Process id of the ssh that carries the channel.</summary>
    public int Id => ssh.Id;

    /// <summary>What came on stderr so far; all of it once <see cref="Wait()"/> has returned.</summary>
    public string Words
    {
        get
        {
            lock (saying)
            {
                return Encoding.UTF8.GetString([.. words]);
            }
        }
    }

    /// <summary>Waits for the end. The command's exit code, or 255 when ssh failed or lost the connection: its words tell which.</summary>
    public int Wait()
    {
        var code = ssh.Wait().Code;
        // A process that the command left behind may hold stderr for longer than we care.
        listener.Join(TimeSpan.FromSeconds(1));
        return code;
    }

    public bool Wait(TimeSpan limit) => ssh.Wait(limit);

    /// <summary>For whoever got no answer, or half of one: waits for ssh's end and says why, in its words and in <paramref name="output"/>, what came instead of the answer.</summary>
    public FerryException Failure(string output = "")
    {
        Input.DisposeQuietly();
        if (!ssh.Wait(TimeSpan.FromSeconds(2)))
        {
            ssh.Kill();
        }

        var code = Wait();
        return SshFailure.From(address, code, output + "\n" + Words);
    }

    public void Dispose()
    {
        ssh.Dispose();
        slot?.Dispose();
    }

    private void Listen()
    {
        try
        {
            var buffer = new byte[4096];
            while (ssh.Errors.Read(buffer) is var count and > 0)
            {
                lock (saying)
                {
                    words.AddRange(buffer.AsSpan(0, count));
                    words.RemoveRange(0, Math.Max(0, words.Count - WordsKept));
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The channel was disposed of while ssh still spoke.
        }
    }
}
