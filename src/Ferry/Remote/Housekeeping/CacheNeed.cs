namespace Ferry.Remote.Housekeeping;

/// <summary>What decides how long something stays in this PC's cache.</summary>
internal enum CacheNeed
{
    /// <summary>Its age alone.</summary>
    Age,

    /// <summary>A device that is known needs it, or this Ferry: it stays.</summary>
    Needed,

    /// <summary>It was made for a device that is not known any more, or for another Ferry: it goes, unless it has just been used.</summary>
    Left,
}
