namespace Ferry.Elf.Instructions;

/// <summary>Which function an instruction belongs to: the nearest symbol of a function before it in its section.</summary>
internal sealed class FunctionMap
{
    private readonly Dictionary<int, (long[] Starts, FunctionPlace[] Places)> bySection;

    public FunctionMap(ElfFile file)
    {
        var thumbBit = file.Machine == ElfMachine.Arm ? 1ul : 0;
        var found = new Dictionary<int, List<(long At, string Name)>>();
        foreach (var symbol in file.Symbols)
        {
            if (IsPlace(symbol) && symbol.SectionIndex < (uint)file.SectionArray.Length)
            {
                if (!found.TryGetValue((int)symbol.SectionIndex, out var own))
                {
                    found.Add((int)symbol.SectionIndex, own = []);
                }

                // Bit 0 of a function's address says Thumb.
                own.Add((CodeMap.OffsetOf(file, file.SectionArray[symbol.SectionIndex], symbol.Type == ElfSymbolType.Function ? symbol.Value & ~thumbBit : symbol.Value), symbol.Name));
            }
        }

        bySection = found.ToDictionary(own => own.Key, own => Sorted(own.Key, own.Value));
    }

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

    // Of several names for one place the first by letters counts.
    private static (long[] Starts, FunctionPlace[] Places) Sorted(int section, List<(long At, string Name)> found)
    {
        found.Sort(static (one, other) => one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Name, other.Name));
        var (starts, places) = (new List<long>(found.Count), new List<FunctionPlace>(found.Count));
        for (var i = 0; i < found.Count;)
        {
            var first = i;
            while (i < found.Count && found[i].At == found[first].At)
            {
                i++;
            }

            starts.Add(found[first].At);
            places.Add(new FunctionPlace(section, found[first].At, i < found.Count ? found[i].At : long.MaxValue, found[first].Name));
        }

        return ([.. starts], [.. places]);
    }
}
