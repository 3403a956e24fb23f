namespace Ferry.Elf;

/// <summary>Reads the dynamic section: through the program headers, as the loader does, else through the section headers.</summary>
internal static class DynamicSection
{
    private const string What = "the dynamic section";

    public static ElfDynamic? Read(ElfFile elf)
    {
        var table = Find(elf, out var section);
        if (table.Length == 0)
        {
            return null;
        }

        var raw = new ElfDynamic(Entries(table));
        if (!raw.Entries.Any(entry => NamesText(entry.Tag)))
        {
            return raw;
        }

        var strings = new StringTable(section is not null
            ? SectionTable.Content(elf.Bytes, SectionTable.At(elf.SectionArray, section.Link))
            : Strings(elf, raw));
        var needed = new List<string>();
        foreach (var entry in raw.Entries)
        {
            if (entry.Tag == DynamicTag.Needed)
            {
                needed.Add(strings.Text(entry.Value, What));
            }
        }

        return new ElfDynamic(raw.Entries)
        {
            Needed = needed,
            SoName = Text(ref strings, raw.Value(DynamicTag.SoName)),
            RPath = Text(ref strings, raw.Value(DynamicTag.RPath)),
            RunPath = Text(ref strings, raw.Value(DynamicTag.RunPath)),
        };
    }

    /// <summary>DT_STRTAB, as long as DT_STRSZ says, but never past its segment.</summary>
    public static ElfBytes Strings(ElfFile elf, ElfDynamic dynamic)
    {
        const string Table = "the dynamic string table";
        var address = dynamic.Value(DynamicTag.StringTable) ?? throw new ElfFormatException(0, "the dynamic section names no string table");
        var rest = AddressMap.Find(elf.Bytes, elf.SegmentArray, address, Table);
        return dynamic.Value(DynamicTag.StringTableSize) is { } size ? rest.Part(0, size, Table) : rest;
    }

    private static bool NamesText(long tag) => tag is DynamicTag.Needed or DynamicTag.SoName or DynamicTag.RPath or DynamicTag.RunPath;

    private static string? Text(ref StringTable strings, ulong? at) => at is { } offset ? strings.Text(offset, What) : null;

    private static ElfBytes Find(ElfFile elf, out ElfSection? section)
    {
        section = null;
        foreach (var segment in elf.SegmentArray)
        {
            if (segment.Type == ElfSegmentType.Dynamic)
            {
                return elf.Bytes.Part(segment.Offset, segment.FileSize, What);
            }
        }

        section = elf.FirstSection(ElfSectionType.Dynamic);
        return section is null ? default : SectionTable.Content(elf.Bytes, section);
    }

    private static List<ElfDynamicEntry> Entries(ElfBytes table)
    {
        var entries = new List<ElfDynamicEntry>();
        var size = 2 * table.WordSize;
        for (ulong at = 0; at + size <= table.Length; at += size)
        {
            var tag = table.Wide ? (long)table.U64(at, What) : (int)table.U32(at, What);
            if (tag == DynamicTag.Null)
            {
                break;
            }

            entries.Add(new ElfDynamicEntry(tag, table.Word(at + table.WordSize, What)));
        }

        return entries;
    }
}
