namespace Ferry.Elf.Instructions;

/// <summary>Which function an instruction belongs to: the nearest symbol of a function before it in its section.</summary>
internal sealed class FunctionMap
{
    private readonly Dictionary<int, (long[] Starts, FunctionPlace[] Places)> bySection;

    public FunctionMap(ElfFile file) =>
        bySection = file.Symbols
            .Where(symbol => IsPlace(symbol) && symbol.SectionIndex < (uint)file.SectionArray.Length)
            .GroupBy(symbol => (int)symbol.SectionIndex)
            .ToDictionary(group => group.Key, group => Sorted(file, file.SectionArray[group.Key], group));

    private FunctionMap(Dictionary<int, (long[] Starts, FunctionPlace[] Places)> bySection) => this.bySection = bySection;

    /// <summary>Functions without names, in the order of their places.</summary>
    public static FunctionMap OfFrames(IEnumerable<CodeRegion> frames) =>
        new(frames.GroupBy(frame => frame.Section.Index).ToDictionary(
            group => group.Key,
            group => (group.Select(frame => (long)frame.Start).ToArray(), group.Select(frame => new FunctionPlace(group.Key, frame.Start, frame.End, "")).ToArray())));

    public string? At(ElfSection section, long offset) => PlaceAt(section, offset)?.Name;

    public FunctionPlace? PlaceAt(ElfSection section, long offset)
    {
        if (!bySection.TryGetValue(section.Index, out var own))
        {
            return null;
        }

        var found = Array.BinarySearch(own.Starts, offset);
        found = found >= 0 ? found : ~found - 1;
        return found >= 0 ? own.Places[found] : null;
    }

    // Assembly often leaves the type away; then any global name must do.
    private static bool IsPlace(ElfSymbol symbol) =>
        symbol.Type == ElfSymbolType.Function || (symbol.Type == ElfSymbolType.None && symbol.Binding != ElfSymbolBinding.Local && symbol.IsDefined);

    // Bit 0 of a function's address says Thumb.
    private static (long[] Starts, FunctionPlace[] Places) Sorted(ElfFile file, ElfSection section, IEnumerable<ElfSymbol> symbols)
    {
        var thumbBit = file.Machine == ElfMachine.Arm ? 1ul : 0;
        var places = symbols
            .Select(symbol => (At: CodeMap.OffsetOf(file, section, symbol.Type == ElfSymbolType.Function ? symbol.Value & ~thumbBit : symbol.Value), symbol.Name))
            .OrderBy(place => place.At).ThenBy(place => place.Name, StringComparer.Ordinal)
            .DistinctBy(place => place.At).ToList();
        return ([.. places.Select(place => place.At)],
            [.. places.Select((place, i) => new FunctionPlace(section.Index, place.At, i + 1 < places.Count ? places[i + 1].At : long.MaxValue, place.Name))]);
    }
}
