using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A run under gdbserver, and as much of a debugger as a test needs: packets in GDB's remote protocol, one at a time.</summary>
internal sealed class GdbClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<byte[]> heard = Channel.CreateUnbounded<byte[]>();
    private readonly StringBuilder rest = new();
    private readonly TaskCompletionSource<string> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Wire wire;
    private readonly Task<ProgramEnd> end;

    public GdbClient(LocalAgent agent, RunRequest request, Stream? input = null)
    {
        wire = new Wire(ready.SetResult, bytes => heard.Writer.TryWrite(bytes.ToArray()), words => Words += words);
        end = Task.Factory.StartNew(
            () => agent.Session.Run(request, new LocalStreams(input, Output, Errors), wire: wire), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Task.WaitAny([ready.Task, end], Patience) < 0)
        {
            throw new TimeoutException("the program did not start; gdbserver said: " + Words);
        }
    }

    public WatchedStream Output { get; } = new();

    public WatchedStream Errors { get; } = new();

    public string Words { get; private set; } = "";

    public void Say(string packet)
    {
        var sum = Encoding.ASCII.GetBytes(packet).Aggregate(0, (sum, letter) => sum + letter) & 0xFF;
        wire.Say(Encoding.ASCII.GetBytes($"+${packet}#{sum.ToString("x2", CultureInfo.InvariantCulture)}"));
    }

    /// <summary>Says it, and gives the next packet that comes.</summary>
    public string Ask(string packet)
    {
        Say(packet);
        while (true)
        {
            if (rest.ToString() is var text && text.IndexOf('$') is >= 0 and var begin && text.IndexOf('#', begin) is > 0 and var hash && text.Length >= hash + 3)
            {
                rest.Remove(0, hash + 3);
                return text[(begin + 1)..hash];
            }

            var next = heard.Reader.ReadAsync().AsTask();
            rest.Append(Encoding.Latin1.GetString(next.Wait(Patience) ? next.Result : throw new TimeoutException($"no answer to '{packet}'; gdbserver said: {Words}")));
        }
    }

    /// <summary>The debugger goes.</summary>
    public void Leave() => wire.End();

    /// <summary>How the program ended; what Run threw is thrown here.</summary>
    public ProgramEnd End() => Task.WaitAny([end], Patience) == 0 ? end.GetAwaiter().GetResult() : throw new TimeoutException("the run did not end");
}
