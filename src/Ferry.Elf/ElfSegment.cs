namespace Ferry.Elf;

/// <summary>One program header: what the kernel and the loader go by. Nothing in it has been checked against the file's length.</summary>
/// <param name="Type">p_type.</param>
/// <param name="Flags">p_flags.</param>
/// <param name="Offset">p_offset, in bytes from the start of the file.</param>
/// <param name="Address">p_vaddr.</param>
/// <param name="PhysicalAddress">p_paddr.</param>
/// <param name="FileSize">p_filesz, in bytes.</param>
/// <param name="MemorySize">p_memsz, in bytes; what goes beyond <paramref name="FileSize"/> is zeros.</param>
/// <param name="Alignment">p_align, in bytes.</param>
public readonly record struct ElfSegment(
    ElfSegmentType Type,
    ElfSegmentFlags Flags,
    ulong Offset,
    ulong Address,
    ulong PhysicalAddress,
    ulong FileSize,
    ulong MemorySize,
    ulong Alignment);
