using System.Diagnostics;

namespace Ferry.Benchmarks.Links;

/// <summary>
/// One direction of a link, which all its connections share: says when the last bit of a segment arrives, and counts bytes. As a
/// wire does it, and as a token bucket without a burst.
/// </summary>
public sealed class Line(LinkRate rate)
{
    private readonly Lock here = new();
    private long freeAt;
    private long bytes;

    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Takes a place behind what is on its way already; both moments are of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public (long Sent, long Arrives) Take(int count)
    {
        lock (here)
        {
            var now = Stopwatch.GetTimestamp();
            freeAt = Math.Max(freeAt, now) + (rate.BitsPerSecond == 0 ? 0 : count * 8L * Stopwatch.Frequency / rate.BitsPerSecond);
            return (freeAt, freeAt + (long)(rate.Delay.TotalSeconds * Stopwatch.Frequency));
        }
    }

    public void Count(int delivered) => Interlocked.Add(ref bytes, delivered);
}
