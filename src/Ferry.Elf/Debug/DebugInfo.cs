namespace Ferry.Elf.Debug;

/// <summary>
/// What a file's debug info (DWARF 2 to 5, also in compressed sections) says of addresses: function, file and line, and the calls that were inlined there.
/// Only the first entry of each unit is read at first; the rest of a unit when an address of it is asked for.
/// </summary>
public sealed class DebugInfo
{
    private const int LongestChain = 16;

    private readonly DebugSections sections;
    private readonly List<DwarfUnit> units = [];
    private readonly (AddressRange Range, DwarfUnit Unit)[] ranges;

    private DebugInfo(DebugSections sections)
    {
        this.sections = sections;
        var abbreviations = new Dictionary<ulong, AbbreviationTable>();
        for (ulong at = 0; at < (ulong)sections.Info.Length;)
        {
            if (DwarfUnit.Read(sections, at, abbreviations, out at) is { } unit)
            {
                units.Add(unit);
            }
        }

        ranges = [.. units.SelectMany(unit => unit.Ranges.Select(range => (range, unit))).OrderBy(pair => pair.range.Start)];
    }

    /// <summary>The debug info of <paramref name="file"/>, or null when it has none.</summary>
    /// <exception cref="ElfFormatException">It is broken.</exception>
    public static DebugInfo? Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var found = new DebugSections(file);
        return found.Info.Length > 0 ? new DebugInfo(found) : null;
    }

    /// <summary>The places of an address (as the file's symbols have them), innermost first; the last one is the function that it lies in. Empty when nothing is known.</summary>
    /// <exception cref="ElfFormatException">What is said of it is broken.</exception>
    public IReadOnlyList<SourceFrame> FramesAt(ulong address)
    {
        if (UnitOf(address) is not { } unit)
        {
            return [];
        }

        var row = unit.Lines?.At(address);
        var (file, line, column) = row is { } known ? (unit.Lines!.File(known.File), known.Line, known.Column) : (null, 0, 0);
        var scopes = unit.Functions.Around(address).Take(1 << 10).ToArray();
        if (scopes.Length == 0)
        {
            return file is null ? [] : [new SourceFrame(null, file, line, column, IsInlined: false)];
        }

        var frames = new List<SourceFrame>(scopes.Length);
        foreach (var scope in scopes)
        {
            frames.Add(new SourceFrame(NameOf(scope.Entry), file, line, column, IsInlined: scope.Parent >= 0));
            (file, line, column) = (unit.Lines?.File(scope.CallFile), scope.CallLine, scope.CallColumn);
        }

        return frames;
    }

    /// <summary>The places of a function's own code, from its address on; what was inlined into it counts where it was called.</summary>
    /// <param name="start">The function's address, as the file's symbols have it.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <exception cref="ElfFormatException">What is said of it is broken.</exception>
    public IEnumerable<SourceFrame> PlacesOf(ulong start, ulong size) =>
        (UnitOf(start)?.Lines?.AddressesIn(new AddressRange(start, start + size)) ?? []).Select(FramesAt).Where(frames => frames.Count > 0).Select(frames => frames[^1]);

    private DwarfUnit? UnitOf(ulong address)
    {
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ranges[middle].Range.Start <= address ? (middle + 1, high) : (low, middle);
        }

        // Units of real programs do not overlap; of some assemblers' they do a little.
        for (var i = low - 1; i >= 0 && i >= low - 8; i--)
        {
            if (ranges[i].Range.Contains(address))
            {
                return ranges[i].Unit;
            }
        }

        return null;
    }

    /// <summary>By the entry itself, or by the one that it is a copy of; the linker's name goes before the source's.</summary>
    private string? NameOf(ulong offset)
    {
        string? plain = null;
        var entry = new DwarfEntry();
        for (var left = LongestChain; left > 0 && UnitAt(offset) is { } unit; left--)
        {
            var cursor = sections.At(sections.Info, offset).Until(unit.End);
            entry.Read(ref cursor, unit.Format, unit.Abbreviations);
            if (unit.Text(entry.LinkageName) is { } linked)
            {
                return linked;
            }

            plain ??= unit.Text(entry.Name);
            if (entry.Origin.Kind != DwarfValueKind.Reference)
            {
                break;
            }

            offset = entry.Origin.Number;
        }

        return plain;
    }

    private DwarfUnit? UnitAt(ulong offset)
    {
        var (low, high) = (0, units.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = units[middle].First <= offset ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && offset < units[low - 1].End ? units[low - 1] : null;
    }
}
