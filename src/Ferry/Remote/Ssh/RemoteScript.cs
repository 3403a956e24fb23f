using System.Globalization;
using System.Text;
using Ferry.Processes;

namespace Ferry.Remote.Ssh;

/// <summary>
/// Runs a POSIX sh script on the device. The remote command is the one word <c>sh</c>, which every login shell understands; the script comes on stdin.
/// What a chatty start-up file prints before the first mark is skipped; the second mark carries the exit code, so a lost connection is never
/// taken for an end, nor the script's own 255 for a lost connection.
/// </summary>
internal static class RemoteScript
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Runs <paramref name="script"/> with an empty stdin. It must neither exec nor set a trap for EXIT. All of it arrives before any of it runs (the braces).
    /// </summary>
    /// <exception cref="FerryException">Exit 3 when the connection fails, there is no shell, or <paramref name="limit"/> passes.</exception>
    public static RemoteAnswer Run(SshMaster master, string script, TimeSpan? limit = null)
    {
        var patience = limit ?? DefaultLimit;
        var mark = NewMark();
        using var channel = master.Open("sh");
        var output = ReadAllAsync(channel.Output);
        // The halves are joined over there: a shell that echoes what it reads prints no mark. $? is quoted for the trap, which looks at it at the end.
        Feed(channel, Encoding.UTF8.GetBytes($"""
            trap 'printf "\n%s%s %d\n" {mark[..8]} {mark[8..]}-end "$?"' EXIT
            printf '\n%s%s\n' {mark[..8]} {mark[8..]}-begin
            LC_ALL=C; export LC_ALL
            """ + "\n{\n" + script.ReplaceLineEndings("\n") + "\n} </dev/null\n"));
        if (!output.Wait(patience))
        {
            throw NoAnswer(master.Address, patience);
        }

        var bytes = output.Result;
        channel.Wait();
        if (Between(bytes, mark) is var (code, answer))
        {
            return new(code, answer, channel.Words);
        }

        // With no answer at all, what came instead may say why; half an answer is the script's own.
        throw bytes.AsSpan().IndexOf(Begin(mark)) < 0 ? channel.Failure(Encoding.UTF8.GetString(bytes)) : Halfway(master.Address, channel.Failure());
    }

    /// <summary>Runs a command with bytes for its stdin, to its end: for what brings a file over. 255 may be ssh's own.</summary>
    public static RemoteAnswer RunPlain(SshMaster master, string remoteCommand, Stream input)
    {
        using var channel = master.Open(remoteCommand);
        var output = ReadAllAsync(channel.Output);
        try
        {
            input.CopyTo(channel.Input);
        }
        catch (IOException)
        {
            // The command ended without reading everything: its exit code says more.
        }

        channel.Input.DisposeQuietly();
        var bytes = output.GetAwaiter().GetResult();
        return new(channel.Wait(), bytes, channel.Words);
    }

    private static FerryException NoAnswer(SshAddress address, TimeSpan patience) =>
        new($"no answer from '{address}'", $"nothing came within {patience.TotalSeconds} seconds", "is the device very busy, or was the network cut?", ExitCode.DeviceUnreachable);

    private static FerryException Halfway(SshAddress address, FerryException why) =>
        new($"the answer of '{address}' ended halfway", why.Cause, why.Help, ExitCode.DeviceUnreachable);

    private static string NewMark() => "ferry-" + Guid.NewGuid().ToString("N");

    private static byte[] Begin(string mark) => Encoding.ASCII.GetBytes($"\n{mark}-begin\n");

    private static void Feed(SshChannel channel, byte[] script)
    {
        try
        {
            channel.Input.Write(script);
        }
        catch (IOException)
        {
            // No shell took it: what came instead says why.
        }

        channel.Input.DisposeQuietly();
    }

    private static (int Code, byte[] Answer)? Between(byte[] bytes, string mark)
    {
        var begin = Begin(mark);
        var end = Encoding.ASCII.GetBytes($"\n{mark}-end ");
        // When nothing was printed between the marks, they share no line end: each brings its own.
        if (bytes.AsSpan().IndexOf(begin) is var from && from < 0 || bytes.AsSpan().LastIndexOf(end) is var to && to < 0)
        {
            return null;
        }

        var answer = bytes.AsSpan()[(from + begin.Length)..to].ToArray();
        var code = Encoding.ASCII.GetString(bytes.AsSpan(to + end.Length)).Split('\n')[0];
        return int.TryParse(code, NumberStyles.None, null, out var number) ? (number, answer) : null;
    }

    // A thread of its own: a pipe's ReadAsync would block one of the pool.
    private static Task<byte[]> ReadAllAsync(Stream stream) => Task.Factory.StartNew(
        () =>
        {
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
