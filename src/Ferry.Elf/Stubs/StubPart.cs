namespace Ferry.Elf.Stubs;

/// <summary>One section of a stub library. Its place is known once all sizes are.</summary>
internal sealed class StubPart(string name, ElfSectionType type, ElfSectionFlags flags, ulong size)
{
    public string Name => name;

    public ElfSectionType Type => type;

    public ElfSectionFlags Flags => flags;

    public ulong Size => size;

    public ulong Alignment { get; init; } = 1;

    public ulong EntrySize { get; init; }

    /// <summary>The index of the section that this one refers to.</summary>
    public uint Link { get; init; }

    public uint Info { get; init; }

    /// <summary>From the start of the file; for one that is loaded the address, too.</summary>
    public ulong Offset { get; set; }

    public ulong Address => (flags & ElfSectionFlags.Alloc) != 0 ? Offset : 0;

    public bool HasBytes => type is not (ElfSectionType.NoBits or ElfSectionType.Null);
}
