namespace Ferry.Delta;

/// <summary>What the bytes of a region mean, as far as prediction goes. The numbers are part of the patch format.</summary>
internal enum RegionKind
{
    /// <summary>Bytes: strings, constants, whatever is not known.</summary>
    Bytes = 0,

    /// <summary>A32 instructions and their literal pools.</summary>
    Arm = 1,

    /// <summary>A64 instructions.</summary>
    AArch64 = 2,

    /// <summary>x86-64 instructions.</summary>
    X64 = 3,

    /// <summary>32-bit words, those of which that are addresses within the program.</summary>
    Addresses32 = 4,

    /// <summary>Words whose lower 31 bits are relative to their own place (.ARM.exidx).</summary>
    Relative31 = 5,

    /// <summary>Words relative to their own place (.eh_frame).</summary>
    Relative32 = 6,

    /// <summary>Words relative to the start of their region (.eh_frame_hdr).</summary>
    BaseRelative32 = 7,

    /// <summary>Elf32_Rel.</summary>
    Rel32 = 8,

    /// <summary>Elf64_Rela.</summary>
    Rela64 = 9,

    /// <summary>Elf32_Sym.</summary>
    Symbols32 = 10,

    /// <summary>Elf64_Sym.</summary>
    Symbols64 = 11,

    /// <summary>.ARM.extab: words as in <see cref="Relative31"/> where they lead to code, else data.</summary>
    Relative31ToCode = 12,
}
