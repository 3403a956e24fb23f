namespace Ferry.Elf.Archives;

/// <summary>The names by which linkers look for a member of an archive.</summary>
internal static class ArchiveSymbols
{
    /// <summary>The global and weak symbols that an object defines, common ones included (gABI, "Symbol Table"); none for what is no ELF object.</summary>
    public static IReadOnlyList<string> Of(ArchiveMember member)
    {
        try
        {
            return [.. ElfFile.Read(member.Content).Symbols.Where(symbol => symbol.Binding != ElfSymbolBinding.Local && symbol.IsDefined && symbol.Name.Length > 0).Select(symbol => symbol.Name)];
        }
        catch (ElfFormatException)
        {
            return [];
        }
    }
}
