namespace Ferry.Remote.Cores;

/// <summary>A core file on a device.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Size">In bytes, as it lies there; null when it is not told.</param>
/// <param name="IsReadable">Whether the login may read it.</param>
internal sealed record FoundCore(string Path, DateTimeOffset Time, long? Size, bool IsReadable);
