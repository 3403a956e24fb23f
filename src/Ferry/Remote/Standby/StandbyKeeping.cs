using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Ferry.Remote.Ssh;

namespace Ferry.Remote.Standby;

/// <summary>
/// Keeps one agent on the device started and ready, hands it to whoever asks, and starts the next one. Ends when nobody has asked for a while, when the
/// connection has gone, or when it is asked to end.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class StandbyKeeping(SshMaster master, StandbyPlace place, string startCommand) : IDisposable
{
    /// <summary>What a connection says that wants no agent, but the end of the keeping.</summary>
    public const byte Close = (byte)'c';

    /// <summary>An agent that ended so soon after its start would do so again.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource end = new();
    private int handedOver;
    private int number;

    public async Task Run(TimeSpan idleAtMost)
    {
        ClearAway();
        using var listener = Listen();
        try
        {
            while (!end.IsCancellationRequested && await KeepOne(listener, idleAtMost))
            {
            }
        }
        finally
        {
            File.Delete(place.Socket);
            listener.Close();
        }

        // Those that were handed over end with their takers: until then their ssh needs somebody to end it.
        while (Volatile.Read(ref handedOver) > 0 && master.IsAlive)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Starts an agent and waits until it is taken. False when that is over for good.</summary>
    private async Task<bool> KeepOne(Socket listener, TimeSpan idleAtMost)
    {
        var agent = StandbyAgent.Start(place, ++number, master, startCommand);
        var since = Environment.TickCount64;
        var idle = Task.Delay(idleAtMost, end.Token);
        while (true)
        {
            using var accepting = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            var taker = listener.AcceptAsync(accepting.Token).AsTask();
            var first = await Task.WhenAny(taker, agent.End, idle);
            if (first != taker)
            {
                await accepting.CancelAsync();
                agent.Dispose();
                // Lost after a while, the connection may still be good: a device's administrator ended it, say.
                return first == agent.End && master.IsAlive && Environment.TickCount64 - since > TooSoon.TotalMilliseconds;
            }

            if (await HandOver(agent, await taker))
            {
                return true;
            }

            if (end.IsCancellationRequested)
            {
                agent.Dispose();
                return false;
            }
        }
    }

    /// <summary>False when the taker went away without it.</summary>
    private async Task<bool> HandOver(StandbyAgent agent, Socket taker)
    {
        var word = new byte[1];
        try
        {
            await taker.SendAsync(Encoding.ASCII.GetBytes($"{agent.Number}\n"), end.Token);
            if (await taker.ReceiveAsync(word, end.Token) == 1 && word[0] == StandbyChannel.Taken)
            {
                agent.LetGo();
                _ = EndWith(agent, taker);
                return true;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // As when it closes: the agent is still ours.
        }

        taker.Dispose();
        if (word[0] == Close)
        {
            await end.CancelAsync();
        }

        return false;
    }

    public void Dispose() => end.Dispose();

    private async Task EndWith(StandbyAgent agent, Socket taker)
    {
        Interlocked.Increment(ref handedOver);
        try
        {
            // Nothing is ever sent: what is received is the end.
            await Task.WhenAny(taker.ReceiveAsync(new byte[1]), agent.End);
        }
        finally
        {
            taker.Dispose();
            // The end of its stdin has reached the agent, which has the program's end to see to.
            await Task.WhenAny(agent.End, Task.Delay(TooSoon));
            agent.Dispose();
            Interlocked.Decrement(ref handedOver);
        }
    }

    private Socket Listen()
    {
        File.Delete(place.Socket);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(place.Socket));
        socket.Listen();
        return socket;
    }

    /// <summary>What one before us left that was killed.</summary>
    private void ClearAway()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(place.Prefix)!, Path.GetFileName(place.Prefix) + ".*"))
        {
            if (file.EndsWith(".in", StringComparison.Ordinal) || file.EndsWith(".out", StringComparison.Ordinal))
            {
                File.Delete(file);
            }
        }
    }
}
