namespace Ferry.Elf;

/// <summary>Finds .dynsym and the tables beside it: by the section headers, else by the addresses in the dynamic section.</summary>
internal static class DynamicSymbolTable
{
    public static ElfSymbol[] Read(ElfFile elf, SymbolVersions versions)
    {
        if (elf.FirstSection(ElfSectionType.DynamicSymbols) is { } section)
        {
            return elf.ReadSymbols(section, versions);
        }

        if (elf.SectionArray.Length != 0 || elf.Dynamic?.Value(DynamicTag.SymbolTable) is not { } address)
        {
            return [];
        }

        var count = DynamicSymbolCount.Find(elf, elf.Dynamic);
        var entry = SymbolTable.EntrySize(elf.Bytes.Wide);
        var table = AddressMap.Find(elf.Bytes, elf.SegmentArray, address, "the dynamic symbol table")
            .Table(0, count, entry, "the dynamic symbol table");
        return SymbolTable.Read(table, DynamicSection.Strings(elf, elf.Dynamic), default, versions);
    }

    public static SymbolVersions Versions(ElfFile elf, IEnumerable<ElfVersionNeed> needs)
    {
        var table = Find(elf, ElfSectionType.SymbolVersions, DynamicTag.SymbolVersions, out var section);
        if (table.Length != 0 && section is null)
        {
            table = table.Table(0, DynamicSymbolCount.Find(elf, elf.Dynamic!), 2, "the versions of the symbols");
        }

        return table.Length == 0 ? SymbolVersions.None : SymbolVersions.Read(table, needs, elf.VersionDefinitions);
    }

    public static List<ElfVersionNeed> Needs(ElfFile elf)
    {
        var table = Find(elf, ElfSectionType.VersionNeeds, DynamicTag.VersionNeeds, out var section);
        return table.Length == 0 ? [] : VersionTables.Needs(table, Strings(elf, section), Count(elf, section, DynamicTag.VersionNeedCount));
    }

    public static List<ElfVersionDefinition> Definitions(ElfFile elf)
    {
        var table = Find(elf, ElfSectionType.VersionDefinitions, DynamicTag.VersionDefinitions, out var section);
        return table.Length == 0 ? [] : VersionTables.Definitions(table, Strings(elf, section), Count(elf, section, DynamicTag.VersionDefinitionCount));
    }

    private static ElfBytes Find(ElfFile elf, ElfSectionType type, long tag, out ElfSection? section)
    {
        section = elf.FirstSection(type);
        if (section is not null)
        {
            return SectionTable.Content(elf.Bytes, section);
        }

        return elf.SectionArray.Length == 0 && elf.Dynamic?.Value(tag) is { } address
            ? AddressMap.Find(elf.Bytes, elf.SegmentArray, address, "a version table")
            : default;
    }

    private static ulong Count(ElfFile elf, ElfSection? section, long tag) => section?.Info ?? elf.Dynamic?.Value(tag) ?? 0;

    private static ElfBytes Strings(ElfFile elf, ElfSection? section) => section is null
        ? DynamicSection.Strings(elf, elf.Dynamic!)
        : SectionTable.Content(elf.Bytes, SectionTable.At(elf.SectionArray, section.Link));
}
