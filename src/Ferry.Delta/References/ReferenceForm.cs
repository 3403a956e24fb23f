namespace Ferry.Delta.References;

/// <summary>How a place in the file says what it refers to.</summary>
internal enum ReferenceForm
{
    /// <summary>A32 b, bl, blx: 24 bits, words from the instruction and 8 on.</summary>
    ArmBranch,

    /// <summary>A word in a literal pool, relative to the instruction that adds pc, and 8.</summary>
    ArmPool,

    /// <summary>A32 movw: the lower half of what <see cref="ArmPool"/> has as a word.</summary>
    ArmLowHalf,

    /// <summary>A32 movt: the upper half.</summary>
    ArmHighHalf,

    /// <summary>A64 b, bl: 26 bits, words from the instruction on.</summary>
    AArch64Branch,

    /// <summary>A64 adrp: the 4 KiB page, relative to the instruction's own.</summary>
    AArch64Page,

    /// <summary>A64 add, ldr, str: the lower 12 bits, in units of what is loaded.</summary>
    AArch64Low12,

    /// <summary>A word relative to its anchor.</summary>
    Relative32,

    /// <summary>The same in the lower 31 bits of a word.</summary>
    Relative31,

    /// <summary>How far back from its anchor (.eh_frame: from a function's entry to the common one).</summary>
    Backwards32,

    /// <summary>An address of 32 bits.</summary>
    Address32,

    /// <summary>An address of 64 bits.</summary>
    Address64,
}
