using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Channels;
using Ferry.Remote.Ssh;

namespace Ferry.Remote.Standby;

/// <summary>
/// Keeps an agent on the device started and ready, hands it to whoever asks, and takes it back. Who asks while it is in use goes without, and another one
/// is started: more than one at once is wanted. Ends when nobody has asked for a while, when the connection has gone, or when it is asked to end.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class StandbyKeeping(SshMaster master, StandbyPlace place, string startCommand) : IDisposable
{
    /// <summary>What a connection says that wants no agent, but the end of the keeping.</summary>
    public const byte Close = (byte)'c';

    /// <summary>An agent that ended so soon after its start would do so again.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource end = new();
    private readonly Channel<StandbyAgent?> returned = Channel.CreateUnbounded<StandbyAgent?>();
    private StandbyAgent? ready;
    private long readySince;
    private int handedOver;
    private int number;

    public async Task Run(TimeSpan idleAtMost)
    {
        ClearAway();
        using var listener = Listen();
        try
        {
            StartOne();
            while (!end.IsCancellationRequested && await Turn(listener, idleAtMost))
            {
            }
        }
        finally
        {
            File.Delete(place.Socket);
            listener.Close();
            ready?.Dispose();
        }

        // Those that were handed over end with their takers: until then their ssh needs somebody to end it.
        while (Volatile.Read(ref handedOver) > 0 && master.IsAlive)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => end.Dispose();

    /// <summary>Waits for one thing to happen, and answers it. False when it is over for good.</summary>
    private async Task<bool> Turn(Socket listener, TimeSpan idleAtMost)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var taker = listener.AcceptAsync(waiting.Token).AsTask();
        var back = returned.Reader.WaitToReadAsync(waiting.Token).AsTask();
        var lost = ready?.End ?? Task.Delay(Timeout.Infinite, waiting.Token);
        var idle = Task.Delay(ready is null ? Timeout.InfiniteTimeSpan : idleAtMost, waiting.Token);
        var first = await Task.WhenAny(back, taker, lost, idle);
        await waiting.CancelAsync();
        var goesOn = !returned.Reader.TryRead(out var agent) || TakeBack(agent);
        if (await Accepted(taker) is { } connection)
        {
            await Meet(connection);
            return goesOn;
        }

        return goesOn && first != idle && (first != lost || Replace());
    }

    /// <summary>Accepted while we looked elsewhere is accepted, too.</summary>
    private static async Task<Socket?> Accepted(Task<Socket> taker)
    {
        try
        {
            return await taker;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void StartOne()
    {
        ready = StandbyAgent.Start(place, ++number, master, startCommand);
        readySince = Environment.TickCount64;
    }

    /// <summary>Lost after a while, the connection may still be good: a device's administrator ended it, say.</summary>
    private bool Replace()
    {
        ready?.Dispose();
        ready = null;
        if (!master.IsAlive || Environment.TickCount64 - readySince < TooSoon.TotalMilliseconds)
        {
            return false;
        }

        StartOne();
        return true;
    }

    /// <summary>One that was handed over has come back, or (null) has ended with its taker. False when there is nothing left to keep.</summary>
    private bool TakeBack(StandbyAgent? agent)
    {
        if (ready is not null)
        {
            agent?.Dispose();
        }
        else if (agent is not null)
        {
            (ready, readySince) = (agent, 0);
        }
        else if (!master.IsAlive)
        {
            return false;
        }
        else
        {
            StartOne();
        }

        return true;
    }

    /// <summary>Somebody asks for an agent, or for the end.</summary>
    private async Task Meet(Socket taker)
    {
        var word = new byte[1];
        try
        {
            await taker.SendAsync(Encoding.ASCII.GetBytes(ready is null ? "none\n" : $"{ready.Number}\n"), end.Token);
            if (await taker.ReceiveAsync(word, end.Token) == 1 && word[0] == StandbyChannel.Taken && ready is { } agent)
            {
                ready = null;
                _ = Accompany(agent, taker);
                return;
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
        else if (ready is null)
        {
            StartOne();
        }
    }

    /// <summary>Until the taker has ended, which it says by nothing but its end: then nobody reads what the agent tells the next.</summary>
    private async Task Accompany(StandbyAgent agent, Socket taker)
    {
        Interlocked.Increment(ref handedOver);
        using (taker)
        {
            if (await IsGivenBack(taker, agent) && !end.IsCancellationRequested)
            {
                returned.Writer.TryWrite(agent);
            }
            else
            {
                returned.Writer.TryWrite(null);
                // The end of its stdin reaches the agent, which has the program's end to see to.
                agent.LetGo();
                await Task.WhenAny(agent.End, Task.Delay(TooSoon));
                agent.Dispose();
            }
        }

        Interlocked.Decrement(ref handedOver);
    }

    private static async Task<bool> IsGivenBack(Socket taker, StandbyAgent agent)
    {
        var word = new byte[1];
        try
        {
            var isGivenBack = false;
            for (var hear = taker.ReceiveAsync(word); await Task.WhenAny(hear, agent.End) == hear && await hear == 1; hear = taker.ReceiveAsync(word))
            {
                isGivenBack = word[0] == StandbyChannel.GivenBack;
            }

            return isGivenBack && !agent.End.IsCompleted;
        }
        catch (SocketException)
        {
            return false;
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
