namespace Ferry.Remote.Agent;

/// <summary>Reads our stdin for the program, never further ahead than the agent gave credit for.</summary>
internal sealed class StdinPump
{
    /// <summary>What may be on its way without further credit; the agent keeps as much room.</summary>
    private const int FirstCredit = 64 << 10;

    private readonly AgentLink _link;
    private readonly Stream _input;
    private readonly object _gate = new();
    private int _credit = FirstCredit;
    private volatile bool _stopped;

    private StdinPump(AgentLink link, Stream input) => (_link, _input) = (link, input);

    public static StdinPump Start(AgentLink link, Stream input)
    {
        var pump = new StdinPump(link, input);
        new Thread(pump.PumpAll, 256 << 10) { IsBackground = true, Name = "agent stdin" }.Start();
        return pump;
    }

    public void Grant(int bytes)
    {
        lock (_gate)
        {
            _credit += bytes;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The program has ended: nothing that is read from now on is for it.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }
    }

    private void PumpAll()
    {
        try
        {
            var buffer = new byte[32 << 10];
            while (!_stopped)
            {
                var credit = Credit(buffer.Length);
                var count = _stopped ? 0 : Read(buffer.AsSpan(0, credit));
                if (_stopped)
                {
                    return;
                }

                if (count == 0)
                {
                    _link.Send(FrameWriter.Of(FrameType.StdinEnd));
                    return;
                }

                lock (_gate)
                {
                    _credit -= count;
                }

                _link.Send(FrameWriter.Of(FrameType.Stdin, buffer.AsSpan(0, count)));
            }
        }
        catch (FerryException)
        {
            // The connection is lost; whoever runs the program says so.
        }
    }

    /// <summary>How much may be read now, <paramref name="most"/> at most; waits until it is something.</summary>
    private int Credit(int most)
    {
        lock (_gate)
        {
            while (_credit == 0 && !_stopped)
            {
                Monitor.Wait(_gate);
            }

            return Math.Min(_credit, most);
        }
    }

    private int Read(Span<byte> buffer)
    {
        try
        {
            return _input.Read(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0; // closed under us, or never open: the end, as far as the program can tell
        }
    }
}
