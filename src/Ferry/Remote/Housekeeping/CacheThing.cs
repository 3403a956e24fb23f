namespace Ferry.Remote.Housekeeping;

/// <summary>A file or a folder of this PC's cache.</summary>
/// <param name="Kind">What it is, in the plural.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Size">In bytes, with all that is in it.</param>
/// <param name="Used">When it was last used, as far as its time of change says so; UTC.</param>
/// <param name="Need">Whether it is bound to something else.</param>
internal sealed record CacheThing(string Kind, string Path, long Size, DateTime Used, CacheNeed Need);
