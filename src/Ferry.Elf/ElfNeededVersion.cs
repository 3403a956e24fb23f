namespace Ferry.Elf;

/// <summary>One version that the file wants of a library (an Elf_Vernaux).</summary>
/// <param name="Name">Such as GLIBC_2.34.</param>
/// <param name="Hash">vna_hash: the name's SysV hash.</param>
/// <param name="Flags">vna_flags.</param>
/// <param name="Index">vna_other: the number by which symbols refer to it.</param>
/// <param name="Symbols">The dynamic symbols that want it, in the file's order; may be empty (GLIBC_ABI_DT_RELR has none).</param>
public sealed record ElfNeededVersion(string Name, uint Hash, ushort Flags, ushort Index, IReadOnlyList<ElfSymbol> Symbols)
{
    /// <summary>VER_FLG_WEAK: the loader only warns if the library does not have it.</summary>
    public bool IsWeak => (Flags & 2) != 0;
}
