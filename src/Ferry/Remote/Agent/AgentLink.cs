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
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(5);

    private readonly FrameReader _reader = new(fromAgent);
    private readonly BlockingCollection<Frame> _incoming = new(16);
    private readonly BlockingCollection<(byte[] Frame, ManualResetEventSlim? Sent)> _outgoing = new(16);
    private readonly CancellationTokenSource _end = new();
    private readonly TimeSpan _silence = silence ?? TimeSpan.FromSeconds(20);
    private readonly Lock _gate = new();
    private string? _lost;
    private volatile bool _listening;
    private int _silentTicks;

    /// <summary>What is being done, for the message should the connection be lost: "running 'hello'".</summary>
    public string Doing { get; set; } = "talking to Ferry's agent";

    public string Chatter => _reader.Chatter;

    /// <summary>Waits for the greeting, however long the transport needs; then starts the threads. Null when the stream ends without one.</summary>
    public string[]? ReadGreeting()
    {
        var words = _reader.ReadGreeting();
        if (words is not null)
        {
            Start("receiver", ReceiveAll);
            Start("sender", SendAll);
            Start("watch", Watch);
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
        Guard(() => sent.Wait(_end.Token));
    }

    /// <summary>The next frame of the agent. Throws <see cref="FerryException"/> when the connection is lost.</summary>
    public Frame Receive()
    {
        Frame frame = default;
        Guard(() => frame = _incoming.Take(_end.Token));
        return frame;
    }

    public bool TryReceive(out Frame frame) => _incoming.TryTake(out frame);

    public void Dispose()
    {
        Lose(Closed);
        // The agent takes the end of its stdin for the end of the session.
        Quietly(toAgent.Dispose);
    }

    private void Send((byte[], ManualResetEventSlim?) frame) => Guard(() => _outgoing.Add(frame, _end.Token));

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
            while (_incoming.TryTake(out var frame))
            {
                if (frame.Type == FrameType.Error)
                {
                    throw AgentSession.Refusal(frame);
                }
            }

            throw new FerryException("lost the connection to the device while " + Doing, _lost, exit: ExitCode.DeviceUnreachable);
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
                    _incoming.Add(frame, _end.Token);
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
        Volatile.Write(ref _silentTicks, 0);
        _listening = true;
        var frame = _reader.Read();
        _listening = false;
        return frame;
    }

    /// <summary>Nothing more will come; what has come (an exit, an error) is still to be received.</summary>
    private void Conclude(string why)
    {
        lock (_gate)
        {
            _lost ??= why;
        }

        _incoming.CompleteAdding();
    }

    private void SendAll()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                var (frame, sent) = _outgoing.TryTake(out var next, (int)s_beat.TotalMilliseconds, _end.Token)
                    ? next
                    : (FrameWriter.Of(FrameType.Ping), null);
                toAgent.Write(frame);
                if (_outgoing.Count == 0)
                {
                    toAgent.Flush();
                }

                sent?.Set();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The receiver may still find the agent's last words, which say more than a broken pipe.
            if (!_end.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(2)))
            {
                Lose(e.Message);
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    /// <summary>
    /// Counts ticks, not the clock: while this process is stopped (Ctrl-Z) or the machine sleeps no time passes. And only while the
    /// receiver really waits for the agent: when our own stdout is full, it is not the agent that is silent.
    /// </summary>
    private void Watch()
    {
        var tick = TimeSpan.FromMilliseconds(Math.Min(1000, _silence.TotalMilliseconds / 4));
        while (!_end.Token.WaitHandle.WaitOne(tick))
        {
            if (_listening && Interlocked.Increment(ref _silentTicks) * tick > _silence)
            {
                Lose($"nothing came from it for {_silence.TotalSeconds:0} s");
            }
        }
    }

    private void Lose(string why)
    {
        lock (_gate)
        {
            if (_end.IsCancellationRequested)
            {
                return;
            }

            _lost ??= why;
            _end.Cancel();
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
