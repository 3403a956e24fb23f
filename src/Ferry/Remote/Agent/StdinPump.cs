namespace Ferry.Remote.Agent;

/// <summary>Reads our stdin for the program, never further ahead than the agent gave credit for.</summary>
internal sealed class StdinPump
{
    /// <summary>What may be on its way without further credit; the agent keeps as much room.</summary>
    private const int FirstCredit = 64 << 10;

    private readonly AgentLink link;
    private readonly Stream input;
    private readonly object gate = new();
    private int credit = FirstCredit;
    private volatile bool stopped;

    private StdinPump(AgentLink link, Stream input) => (this.link, this.input) = (link, input);

    public static StdinPump Start(AgentLink link, Stream input)
    {
        var pump = new StdinPump(link, input);
        new Thread(pump.PumpAll, 256 << 10) { IsBackground = true, Name = "agent stdin" }.Start();
        return pump;
    }

    public void Grant(int bytes)
    {
        lock (gate)
        {
            credit += bytes;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>The program has ended: nothing that is read from now on is for it.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.Pulse(gate);
        }
    }

    private void PumpAll()
    {
        try
        {
            var buffer = new byte[32 << 10];
            while (!stopped)
            {
                var room = Credit(buffer.Length);
                var count = stopped ? 0 : Read(buffer.AsSpan(0, room));
                if (stopped)
                {
                    return;
                }

                if (count == 0)
                {
                    link.Send(FrameWriter.Of(FrameType.StdinEnd));
                    return;
                }

                lock (gate)
                {
                    credit -= count;
                }

                link.Send(FrameWriter.Of(FrameType.Stdin, buffer.AsSpan(0, count)));
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
        lock (gate)
        {
            while (credit == 0 && !stopped)
            {
                Monitor.Wait(gate);
            }

            return Math.Min(credit, most);
        }
    }

    private int Read(Span<byte> buffer)
    {
        try
        {
            return input.Read(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0; // closed under us, or never open: the end, as far as the program can tell
        }
    }
}
