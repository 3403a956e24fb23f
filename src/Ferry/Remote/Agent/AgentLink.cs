using System.Collections.Concurrent;

namespace Ferry.Remote.Agent;

/// <summary>
/// The connection to an agent: frames in, frames out, and a heartbeat both ways, since a cut network gives no end-of-file for hours.
/// One thread reads, one writes, one listens for silence; so whoever uses the link never waits for the network itself, and learns of
/// its loss wherever it waits. <paramref name="cut"/> ends the transport (kills ssh), which frees threads that hang in it.
/// </summary>
internal sealed class AgentLink(Stream toAgent, Stream fromAgent, Action? cut = null, TimeSpan? silence = null) : IDisposable
{
    private const string Closed = "the session was closed";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly FrameReader reader = new(fromAgent);
    private readonly BlockingCollection<Frame> incoming = new(16);
    private readonly BlockingCollection<(byte[] Frame, ManualResetEventSlim? Sent)> outgoing = new(16);
    private readonly CancellationTokenSource end = new();
    private readonly SilenceWatch watch = new(silence ?? TimeSpan.FromSeconds(20));
    private readonly Lock gate = new();
    private ManualResetEventSlim? last;
    private string? lost;

    /// <summary>What is being done, for the message should the connection be lost: "running 'hello'".</summary>
    public string Doing { get; set; } = "talking to Ferry's agent";

    public string Chatter => reader.Chatter;

    /// <summary>Waits for the greeting, however long the transport needs; then starts the threads. Null when the stream ends without one.</summary>
    public string[]? ReadGreeting()
    {
        var words = reader.ReadGreeting();
        if (words is not null)
        {
            Start("receiver", ReceiveAll);
            Start("sender", SendAll);
            Start("watch", () => watch.Watch(Lose, end.Token));
        }

        return words;
    }

    /// <summary>Writes a frame before there is a greeting, and threads that would send it.</summary>
    public bool TrySendAhead(byte[] frame)
    {
        try
        {
            toAgent.Write(frame);
            toAgent.Flush();
            return true;
        }
        catch (IOException)
        {
            return false; // The transport is gone already. Why, whoever waits for the greeting learns.
        }
    }

    /// <summary>Queues a frame; waits only while many are queued. Throws <see cref="FerryException"/> when the connection is lost.</summary>
    public void Send(byte[] frame) => Send((frame, null));

    /// <summary>Returns when the frame and all before it are on their way.</summary>
    public void SendAndWait(byte[] frame)
    {
        using var sent = new ManualResetEventSlim();
        Send((frame, sent));
        Guard(() => sent.Wait(end.Token));
    }

    /// <summary>The last frame of this client: nothing follows it, not even a heartbeat. False when it is not on its way in time.</summary>
    public bool TrySendLast(byte[] frame, TimeSpan patience)
    {
        last = new ManualResetEventSlim();
        return outgoing.TryAdd((frame, last), patience) && last.Wait(patience);
    }

    /// <summary>The next frame of the agent. Throws <see cref="FerryException"/> when the connection is lost.</summary>
    public Frame Receive()
    {
        Frame frame = default;
        Guard(() => frame = incoming.Take(end.Token));
        return frame;
    }

    public bool TryReceive(out Frame frame) => incoming.TryTake(out frame);

    public void Dispose()
    {
        Lose(Closed);
        // The agent takes the end of its stdin for the end of the session.
        Quietly(toAgent.Dispose);
    }

    private void Send((byte[], ManualResetEventSlim?) frame) => Guard(() => outgoing.Add(frame, end.Token));

    private void Guard(Action wait)
    {
        try
        {
            wait();
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            Lose("the agent ended");
            // What the agent said before it ended says more than that it did.
            while (incoming.TryTake(out var frame))
            {
                if (frame.Type == FrameType.Error)
                {
                    throw AgentSession.Refusal(frame);
                }
            }

            throw new FerryException("lost the connection to the device while " + Doing, lost, exit: ExitCode.DeviceUnreachable);
        }
    }

    private void ReceiveAll()
    {
        try
        {
            while (Next() is { } frame)
            {
                if (frame.Type != FrameType.Ping)
                {
                    incoming.Add(frame, end.Token);
                }
            }

            Conclude("its output ended");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            Conclude(e.Message);
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private Frame? Next()
    {
        watch.StartListening();
        var frame = reader.Read();
        watch.StopListening();
        return frame;
    }

    /// <summary>Nothing more will come; what has come (an exit, an error) is still to be received.</summary>
    private void Conclude(string why)
    {
        lock (gate)
        {
            lost ??= why;
        }

        incoming.CompleteAdding();
    }

    private void SendAll()
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                var (frame, sent) = outgoing.TryTake(out var next, (int)Beat.TotalMilliseconds, end.Token)
                    ? next
                    : (FrameWriter.Of(FrameType.Ping), null);
                toAgent.Write(frame);
                if (outgoing.Count == 0)
                {
                    toAgent.Flush();
                }

                sent?.Set();
                if (sent is not null && sent == last)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The receiver may still find the agent's last words, which say more than a broken pipe.
            if (!end.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(2)))
            {
                Lose(e.Message);
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private void Lose(string why)
    {
        lock (gate)
        {
            if (end.IsCancellationRequested)
            {
                return;
            }

            lost ??= why;
            end.Cancel();
        }

        if (cut is not null && why != Closed)
        {
            Quietly(cut);
        }
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is over already.
        }
    }

    private static void Start(string name, ThreadStart work) =>
        new Thread(work, 256 << 10) { IsBackground = true, Name = "agent " + name }.Start();
}
