namespace Ferry.Elf.Debug;

/// <summary>The line table of a unit: which address is of which line of which file.</summary>
internal sealed class LineTable
{
    /// <summary>By address within a sequence; the sequences by their first one.</summary>
    private readonly List<LineRow[]> sequences;
    private readonly ulong[] starts;
    private readonly LineHeader header;

    private LineTable(LineHeader header, List<LineRow[]> sequences)
    {
        this.header = header;
        sequences.Sort((one, other) => one[0].Address.CompareTo(other[0].Address));
        this.sequences = sequences;
        starts = [.. sequences.Select(sequence => sequence[0].Address)];
    }

    public static LineTable Read(DebugSections sections, ulong offset, string folder, int addressSize)
    {
        var cursor = sections.At(sections.Lines, offset);
        var head = LineHeader.Read(ref cursor, sections, folder, addressSize);
        return new LineTable(head, LineProgram.Run(cursor.Until(head.End), head));
    }

    /// <summary>The path of a file by its number, or null.</summary>
    public string? File(int number) => header.File(number);

    /// <summary>The row that holds for an address, or null.</summary>
    public LineRow? At(ulong address)
    {
        var found = Array.BinarySearch(starts, address);
        // Sequences of real programs do not overlap, but those that were removed all begin at 0: several are tried.
        for (var i = found >= 0 ? found : ~found - 1; i >= 0 && i > ~found - 64; i--)
        {
            if (Within(sequences[i], address) is { } row)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The addresses in a range at which a row begins.</summary>
    public IEnumerable<ulong> AddressesIn(AddressRange range) =>
        sequences.SelectMany(sequence => sequence).Where(row => !row.IsEnd && range.Contains(row.Address)).Select(row => row.Address).Distinct();

    private static LineRow? Within(LineRow[] sequence, ulong address)
    {
        if (address < sequence[0].Address || address >= sequence[^1].Address)
        {
            return null;
        }

        var (low, high) = (0, sequence.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = sequence[middle].Address <= address ? (middle, high) : (low, middle);
        }

        return sequence[low];
    }
}
