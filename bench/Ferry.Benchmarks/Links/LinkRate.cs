namespace Ferry.Benchmarks.Links;

/// <summary>What a link is like. A rate of zero is that of the machine.</summary>
/// <param name="BitsPerSecond">Each way.</param>
/// <param name="Delay">Each way.</param>
public sealed record LinkRate(long BitsPerSecond, TimeSpan Delay)
{
    /// <summary>A slow wireless link: 10 Mbit/s and 20 ms there and back.</summary>
    public static LinkRate Shaped { get; } = new(10_000_000, TimeSpan.FromMilliseconds(10));

    public static LinkRate Open { get; } = new(0, TimeSpan.Zero);

    public bool IsOpen => BitsPerSecond == 0 && Delay == TimeSpan.Zero;
}
