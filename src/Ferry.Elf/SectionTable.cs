namespace Ferry.Elf;

/// <summary>Reads the section headers (gABI chapter 4).</summary>
internal static class SectionTable
{
    /// <summary>SHN_XINDEX: the real index is elsewhere.</summary>
    public const ushort ExtendedIndex = 0xffff;

    /// <summary>SHN_LORESERVE: from here on an index has a meaning of its own.</summary>
    public const ushort FirstReservedIndex = 0xff00;

    private const string What = "the section header table";

    public static ElfSection[] Read(in ElfHeader header, ElfBytes file)
    {
        if (header.SectionsOffset == 0)
        {
            return [];
        }

        var entry = EntrySize(header, file);
        var first = ReadOne(file.Table(header.SectionsOffset, 1, entry, What), 0, 0, default);
        // gABI: a count of 0xff00 and more is in sh_size of section 0, the names' index in its sh_link.
        var count = header.SectionCount != 0 ? header.SectionCount : first.Size;
        var namesIndex = header.SectionNames == ExtendedIndex ? first.Link : header.SectionNames;
        var table = file.Table(header.SectionsOffset, count, entry, What);
        var names = namesIndex == 0 || count == 0 ? default : Names(file, table, namesIndex, count, entry);
        var reader = new StringTable(names);
        var sections = new ElfSection[count];
        for (var i = 0; i < sections.Length; i++)
        {
            sections[i] = ReadOne(table, (ulong)i * entry, i, reader);
        }

        return sections;
    }

    /// <summary>The bytes of a section; none if it has none in the file.</summary>
    public static ElfBytes Content(ElfBytes file, ElfSection section) =>
        section.HasBytes ? file.Part(section.Offset, section.Size, "a section") : file.Part(0, 0, "a section");

    public static ElfSection At(ElfSection[] sections, ulong index) =>
        index < (ulong)sections.Length ? sections[index] : throw new ElfFormatException(0, $"there is no section {index}");

    public static ulong EntrySize(in ElfHeader header, ElfBytes file)
    {
        var native = file.Wide ? 64u : 40u;
        return header.SectionSize == native
            ? native
            : throw new ElfFormatException(header.Size - 6, $"section headers of {header.SectionSize} bytes, {native} were expected");
    }

    private static ElfBytes Names(ElfBytes file, ElfBytes table, uint index, ulong count, ulong entry)
    {
        if (index >= count)
        {
            throw file.Error(0, $"the section of the section names, {index}, does not exist");
        }

        return Content(file, ReadOne(table, index * entry, (int)index, default));
    }

    private static ElfSection ReadOne(ElfBytes table, ulong at, int index, StringTable names)
    {
        var fields = new ElfCursor(table, at, What);
        var name = fields.U32();
        return new ElfSection(
            index,
            names.Text(name, "a section's name"),
            (ElfSectionType)fields.U32(),
            (ElfSectionFlags)fields.Word(),
            Address: fields.Word(),
            Offset: fields.Word(),
            Size: fields.Word(),
            Link: fields.U32(),
            Info: fields.U32(),
            Alignment: fields.Word(),
            EntrySize: fields.Word());
    }
}
