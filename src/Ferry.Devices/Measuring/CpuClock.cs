namespace Ferry.Devices;

/// <summary>One processor's frequency, in kHz as the kernel has them; null where it does not tell.</summary>
/// <param name="Governor">Who chooses it: performance, ondemand, schedutil, …</param>
/// <param name="Now">What it is.</param>
/// <param name="Limit">What it may be at the moment.</param>
/// <param name="Highest">What the hardware can do.</param>
public sealed record CpuClock(string? Governor, long? Now, long? Limit, long? Highest);
