namespace Ferry.Elf;

/// <summary>Reads .symtab and .dynsym (gABI chapter 4).</summary>
internal static class SymbolTable
{
    private const string What = "the symbol table";

    public static ulong EntrySize(bool wide) => wide ? 24u : 16u;

    /// <summary>The symbols of a table; <paramref name="extended"/> is its SHT_SYMTAB_SHNDX, if it has one.</summary>
    public static ElfSymbol[] Read(ElfBytes table, ElfBytes strings, ElfBytes extended, SymbolVersions versions)
    {
        var entry = EntrySize(table.Wide);
        var names = new StringTable(strings);
        var symbols = new ElfSymbol[table.Length / entry];
        for (var i = 0; i < symbols.Length; i++)
        {
            symbols[i] = ReadOne(table, i, entry, extended, ref names, versions);
        }

        return symbols;
    }

    private static ElfSymbol ReadOne(ElfBytes table, int index, ulong entry, ElfBytes extended, ref StringTable names, SymbolVersions versions)
    {
        var fields = new ElfCursor(table, (ulong)index * entry, What);
        var name = fields.U32();
        ulong value = 0, size = 0;
        if (!table.Wide)
        {
            value = fields.Word();
            size = fields.Word();
        }

        var info = fields.U8();
        var other = fields.U8();
        uint section = fields.U16();
        if (table.Wide)
        {
            value = fields.Word();
            size = fields.Word();
        }

        if (section == SectionTable.ExtendedIndex && extended.Length != 0)
        {
            section = extended.U32((ulong)index * 4, "the section indices of the symbols");
        }

        var version = versions.Of(index);
        return new ElfSymbol(
            names.Text(name, "a symbol's name"), value, size,
            (ElfSymbolType)(info & 15), (ElfSymbolBinding)(info >> 4), (ElfSymbolVisibility)(other & 3), section,
            version.Index, version.Name,
            IsDefaultVersion: section != 0 && version is { Name: not null, IsHidden: false, IsDefinedHere: true });
    }
}
