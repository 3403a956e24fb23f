namespace Ferry.Elf;

/// <summary>One section header. Nothing in it but the name has been checked against the file's length.</summary>
/// <param name="Index">Its number in the table; 0 is the unused first one.</param>
/// <param name="Name">Its name, empty when the file has no names.</param>
/// <param name="Type">sh_type.</param>
/// <param name="Flags">sh_flags.</param>
/// <param name="Address">sh_addr.</param>
/// <param name="Offset">sh_offset, in bytes from the start of the file.</param>
/// <param name="Size">sh_size, in bytes (in memory only, for <see cref="ElfSectionType.NoBits"/>).</param>
/// <param name="Link">sh_link: another section's index.</param>
/// <param name="Info">sh_info: depends on the type.</param>
/// <param name="Alignment">sh_addralign, in bytes.</param>
/// <param name="EntrySize">sh_entsize, in bytes.</param>
public sealed record ElfSection(
    int Index,
    string Name,
    ElfSectionType Type,
    ElfSectionFlags Flags,
    ulong Address,
    ulong Offset,
    ulong Size,
    uint Link,
    uint Info,
    ulong Alignment,
    ulong EntrySize)
{
    /// <summary>Whether it has bytes in the file.</summary>
    public bool HasBytes => Type is not (ElfSectionType.NoBits or ElfSectionType.Null);

    /// <summary>Whether it is in memory when the program runs.</summary>
    public bool IsLoaded => (Flags & ElfSectionFlags.Alloc) != 0;
}
