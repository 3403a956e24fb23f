namespace Ferry.Elf;

/// <summary>A symbol version that the file defines (an Elf_Verdef).</summary>
/// <param name="Name">Such as GLIBC_2.34; the base's name is the file's soname.</param>
/// <param name="Hash">vd_hash: the name's SysV hash.</param>
/// <param name="Flags">vd_flags.</param>
/// <param name="Index">vd_ndx: the number by which symbols refer to it.</param>
/// <param name="Parents">The versions that this one inherits.</param>
public sealed record ElfVersionDefinition(string Name, uint Hash, ushort Flags, ushort Index, IReadOnlyList<string> Parents)
{
    /// <summary>VER_FLG_BASE: the file itself, no version.</summary>
    public bool IsBase => (Flags & 1) != 0;
}
