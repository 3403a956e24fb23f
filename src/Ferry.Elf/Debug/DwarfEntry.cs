namespace Ferry.Elf.Debug;

/// <summary>A debugging information entry: what of it is looked at here. One is read over the other.</summary>
internal sealed class DwarfEntry
{
    public ulong Offset { get; private set; }

    /// <summary>0 for the end of a list of children.</summary>
    public ulong Tag { get; private set; }

    public bool HasChildren { get; private set; }

    public DwarfValue Name { get; private set; }

    public DwarfValue LinkageName { get; private set; }

    public DwarfValue LowPc { get; private set; }

    public DwarfValue HighPc { get; private set; }

    public DwarfValue Ranges { get; private set; }

    /// <summary>The entry that says more about this one: DW_AT_abstract_origin or DW_AT_specification.</summary>
    public DwarfValue Origin { get; private set; }

    public DwarfValue LineProgram { get; private set; }

    public DwarfValue Folder { get; private set; }

    public DwarfValue StringOffsetsBase { get; private set; }

    public DwarfValue AddressBase { get; private set; }

    public DwarfValue RangeListsBase { get; private set; }

    public int CallFile { get; private set; }

    public int CallLine { get; private set; }

    public int CallColumn { get; private set; }

    public void Read(ref DwarfCursor cursor, DwarfFormat format, AbbreviationTable table)
    {
        Offset = cursor.At;
        (Name, LinkageName, LowPc, HighPc, Ranges, Origin, LineProgram, Folder) = (default, default, default, default, default, default, default, default);
        (StringOffsetsBase, AddressBase, RangeListsBase, CallFile, CallLine, CallColumn) = (default, default, default, 0, 0, 0);
        var code = cursor.Uleb();
        if (code == 0)
        {
            (Tag, HasChildren) = (0, false);
            return;
        }

        var abbreviation = table.Find(code) ?? throw cursor.Error($"an entry of the debug info has the unknown abbreviation {code}");
        (Tag, HasChildren) = (abbreviation.Tag, abbreviation.HasChildren);
        foreach (var (name, form, constant) in abbreviation.Attributes)
        {
            Take(name, format.Read(ref cursor, form, constant));
        }
    }

    private void Take(ulong name, DwarfValue value)
    {
        switch (name)
        {
            case DwarfAttribute.Name: Name = value; break;
            case DwarfAttribute.LinkageName or DwarfAttribute.MipsLinkageName: LinkageName = value; break;
            case DwarfAttribute.LowPc: LowPc = value; break;
            case DwarfAttribute.HighPc: HighPc = value; break;
            case DwarfAttribute.Ranges: Ranges = value; break;
            case DwarfAttribute.AbstractOrigin or DwarfAttribute.Specification: Origin = value; break;
            case DwarfAttribute.LineProgram: LineProgram = value; break;
            case DwarfAttribute.Folder: Folder = value; break;
            case DwarfAttribute.StringOffsetsBase: StringOffsetsBase = value; break;
            case DwarfAttribute.AddressBase: AddressBase = value; break;
            case DwarfAttribute.RangeListsBase: RangeListsBase = value; break;
            case DwarfAttribute.CallFile: CallFile = Small(value); break;
            case DwarfAttribute.CallLine: CallLine = Small(value); break;
            case DwarfAttribute.CallColumn: CallColumn = Small(value); break;
        }
    }

    private static int Small(DwarfValue value) => value.Number <= int.MaxValue ? (int)value.Number : 0;
}
