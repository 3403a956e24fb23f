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
    private readonly string? masterLog;
    private readonly long masterSaidBefore;

    /// <summary><paramref name="masterLog"/> is where our master writes: when the connection dies it says so there, and its channels end without a word.</summary>
    public SshChannel(SshAddress address, FileStream? slot, string? masterLog, Func<SessionProcess> start)
    {
        (this.address, this.slot, this.masterLog) = (address, slot, masterLog);
        masterSaidBefore = masterLog is not null && File.Exists(masterLog) ? new FileInfo(masterLog).Length : 0;
        ssh = start();
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
        return SshFailure.From(address, code, $"{output}\n{Words}\n{MasterWords()}");
    }

    /// <summary>Kills ssh. The device's command sees the end of its stdin; who reads from <see cref="Output"/> may wait until it has closed its stdout, which the master holds too.</summary>
    public void Dispose()
    {
        ssh.Dispose();
        slot?.Dispose();
    }

    private string MasterWords()
    {
        if (masterLog is null || !File.Exists(masterLog))
        {
            return "";
        }

        using var file = new FileStream(masterLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Min(masterSaidBefore, file.Length);
        return new StreamReader(file).ReadToEnd();
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
