namespace Ferry.Elf;

/// <summary>One symbol, of .symtab or .dynsym.</summary>
/// <param name="Name">Its name, without a version.</param>
/// <param name="Value">st_value: an address, in objects an offset within the section.</param>
/// <param name="Size">st_size, in bytes.</param>
/// <param name="Type">What it names.</param>
/// <param name="Binding">Local, global, weak.</param>
/// <param name="Visibility">Who sees it.</param>
/// <param name="SectionIndex">
/// The section that it lies in; 0 is undefined, 0xfff1 an absolute value, 0xfff2 common. An index that did not fit is
/// the one of SHT_SYMTAB_SHNDX.
/// </param>
/// <param name="VersionIndex">Its entry in .gnu.version without the hidden bit; 0 (local) and 1 (no version) name no version.</param>
/// <param name="Version">The version's name, such as GLIBC_2.34, or null.</param>
/// <param name="IsDefaultVersion">Whether it is the one (name@@version) that a link without a version takes.</param>
public readonly record struct ElfSymbol(
    string Name,
    ulong Value,
    ulong Size,
    ElfSymbolType Type,
    ElfSymbolBinding Binding,
    ElfSymbolVisibility Visibility,
    uint SectionIndex,
    ushort VersionIndex = 0,
    string? Version = null,
    bool IsDefaultVersion = false)
{
    /// <summary>Whether this file defines it; what it does not define, it wants of others.</summary>
    public bool IsDefined => SectionIndex != 0;

    /// <summary>As readelf and linkers write it: name, name@version, or name@@version.</summary>
    public override string ToString() => Version is null ? Name : Name + (IsDefaultVersion ? "@@" : "@") + Version;
}
