namespace Ferry.Elf.Debug;

/// <summary>A unit of .debug_info: its header (DWARF 2 to 5), and what its first entry says of the others.</summary>
internal sealed class DwarfUnit
{
    private readonly DebugSections sections;
    private readonly ulong stringOffsetsBase;
    private readonly ulong addressBase;
    private readonly Lazy<UnitFunctions> functions;
    private readonly Lazy<LineTable?> lines;

    private DwarfUnit(DebugSections sections, DwarfFormat format, AbbreviationTable abbreviations, ulong first, ulong end)
    {
        (this.sections, Format, Abbreviations, First, End) = (sections, format, abbreviations, first, end);
        var root = new DwarfEntry();
        var cursor = sections.At(sections.Info, first).Until(end);
        root.Read(ref cursor, format, abbreviations);
        var header = format.Wide ? 16ul : 8;
        stringOffsetsBase = root.StringOffsetsBase.Kind != DwarfValueKind.None ? root.StringOffsetsBase.Number : format.Version >= 5 ? header : 0;
        addressBase = root.AddressBase.Kind != DwarfValueKind.None ? root.AddressBase.Number : format.Version >= 5 ? 8 : 0ul;
        RangeListsBase = root.RangeListsBase.Kind != DwarfValueKind.None ? root.RangeListsBase.Number : format.Wide ? 20 : 12ul;
        LowPc = Address(root.LowPc) ?? 0;
        Folder = Text(root.Folder) ?? "";
        var lineProgram = root.LineProgram;
        lines = new(() => lineProgram.Kind == DwarfValueKind.None ? null : LineTable.Read(sections, lineProgram.Number, Folder, format.AddressSize));
        functions = new(() => UnitFunctions.Read(this, sections));
        Ranges = root.Tag is DwarfTag.CompileUnit or DwarfTag.PartialUnit or DwarfTag.SkeletonUnit ? RangeReader.Of(root, this, sections) : [];
    }

    public DwarfFormat Format { get; }

    public AbbreviationTable Abbreviations { get; }

    /// <summary>The offset of its first entry.</summary>
    public ulong First { get; }

    public ulong End { get; }

    /// <summary>Where offsets in lists of ranges count from.</summary>
    public ulong LowPc { get; }

    public ulong RangeListsBase { get; }

    /// <summary>DW_AT_comp_dir: where the compiler ran.</summary>
    public string Folder { get; }

    public IReadOnlyList<AddressRange> Ranges { get; }

    public UnitFunctions Functions => functions.Value;

    public LineTable? Lines => lines.Value;

    /// <summary>The unit at an offset; null for one of a kind that describes no code. <paramref name="next"/> is where the next one begins.</summary>
    public static DwarfUnit? Read(DebugSections sections, ulong offset, Dictionary<ulong, AbbreviationTable> abbreviations, out ulong next)
    {
        var cursor = sections.At(sections.Info, offset);
        var length = cursor.Length(out var wide);
        next = length <= (ulong)sections.Info.Length - cursor.At ? cursor.At + length : throw cursor.Error("a unit of the debug info is longer than its section");
        var version = cursor.U16();
        if (version is < 2 or > 5)
        {
            return null;
        }

        var kind = version >= 5 ? cursor.U8() : 1;
        var addressSize = version >= 5 ? cursor.U8() : 0;
        var table = cursor.Offset(wide);
        addressSize = version >= 5 ? addressSize : cursor.U8();
        if (kind is 4 or 5)
        {
            _ = cursor.U64();
        }

        // 2 and 6 are types, of which nobody asks here.
        if (kind is not (1 or 3 or 4) || cursor.At >= next)
        {
            return null;
        }

        if (!abbreviations.TryGetValue(table, out var known))
        {
            abbreviations[table] = known = AbbreviationTable.Read(sections.At(sections.Abbreviations, table));
        }

        return new DwarfUnit(sections, new DwarfFormat(version, wide, addressSize, offset), known, cursor.At, next);
    }

    /// <summary>The address that a value is, or refers to; null when it is none.</summary>
    public ulong? Address(DwarfValue value) => value.Kind switch
    {
        DwarfValueKind.Address => value.Number,
        DwarfValueKind.AddressIndex => AddressAt(value.Number),
        _ => null,
    };

    public ulong AddressAt(ulong index) =>
        sections.At(sections.Addresses, Scaled(addressBase, index, (ulong)Format.AddressSize)).Number(Format.AddressSize);

    /// <summary>The text that a value is, or refers to; null when it is none.</summary>
    public string? Text(DwarfValue value) => value.Kind switch
    {
        DwarfValueKind.TextHere => sections.Text(sections.Info, value.Number),
        DwarfValueKind.Text => sections.Text(sections.Strings, value.Number),
        DwarfValueKind.LineText => sections.Text(sections.LineStrings, value.Number),
        DwarfValueKind.TextIndex => sections.Text(sections.Strings, sections.At(sections.StringOffsets, Scaled(stringOffsetsBase, value.Number, Format.Wide ? 8ul : 4)).Offset(Format.Wide)),
        _ => null,
    };

    private static ulong Scaled(ulong start, ulong index, ulong size) => index < uint.MaxValue && start < uint.MaxValue ? start + (index * size) : ulong.MaxValue;
}
