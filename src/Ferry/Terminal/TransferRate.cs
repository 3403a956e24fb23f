namespace Ferry.Terminal;

/// <summary>How fast a transfer goes at present: over the last seconds, so that what an earlier try brought, or a link that stood still, does not count.</summary>
internal sealed class TransferRate
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan TooShortToTell = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(TimeSpan At, long Done)> seen = [];

    public void Note(TimeSpan at, long done)
    {
        // One more than the memory holds: a link so slow that it is heard of every five seconds has a rate, too.
        while (seen.Skip(1).FirstOrDefault() is { At.Ticks: > 0 } second && at - second.At >= Memory)
        {
            seen.Dequeue();
        }

        seen.Enqueue((at, done));
    }

    /// <summary>Bytes in a second; null as long as nothing can be said.</summary>
    public double? At(TimeSpan now)
    {
        if (!seen.TryPeek(out var first) || now - first.At < TooShortToTell)
        {
            return null;
        }

        var rate = (seen.Last().Done - first.Done) / (now - first.At).TotalSeconds;
        return rate > 0 ? rate : null;
    }
}
