namespace Ferry.Devices;

/// <summary>A board that people own, and what programs for it are built for.</summary>
/// <param name="Name">As its maker calls it, and as its device tree begins.</param>
/// <param name="Processor">Its cores.</param>
/// <param name="Targets">The target for each of the systems that it usually has, the most usual one first.</param>
public sealed record KnownBoard(string Name, string Processor, IReadOnlyList<string> Targets)
{
    /// <summary>A Raspberry Pi's type in bits 4 to 11 of its revision code ("new-style revision codes" of its documentation); null for other boards and the oldest.</summary>
    public int? PiType { get; init; }

    /// <summary>A Raspberry Pi's revision codes, as /proc/cpuinfo has them.</summary>
    public IReadOnlyList<string> Revisions { get; init; } = [];
}
