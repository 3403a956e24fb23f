namespace Ferry.Remote.Agent;

/// <summary>
/// Tells when the agent has said nothing for too long. Counts ticks, not the clock: while this process is stopped (Ctrl-Z) or the machine
/// sleeps no time passes. And only while somebody really listens for the agent: when our own stdout is full, it is not the agent that is silent.
/// </summary>
internal sealed class SilenceWatch(TimeSpan limit)
{
    private volatile bool listening;
    private int silentTicks;

    public void StartListening()
    {
        Volatile.Write(ref silentTicks, 0);
        listening = true;
    }

    public void StopListening() => listening = false;

    /// <summary>Calls <paramref name="tooLong"/> with what was observed each time that the limit is passed, until the end.</summary>
    public void Watch(Action<string> tooLong, CancellationToken end)
    {
        var tick = TimeSpan.FromMilliseconds(Math.Min(1000, limit.TotalMilliseconds / 4));
        while (!end.WaitHandle.WaitOne(tick))
        {
            if (listening && Interlocked.Increment(ref silentTicks) * tick > limit)
            {
                tooLong($"nothing came from it for {limit.TotalSeconds:0} s");
            }
        }
    }
}
