namespace Ferry.Elf.Instructions;

/// <summary>What bytes of an executable section are, by mapping symbols (ELF for the ARM Architecture, 5.5.5).</summary>
internal enum CodeState
{
    /// <summary>$d: literals, tables of jumps.</summary>
    Data,

    /// <summary>$a.</summary>
    Arm,

    /// <summary>$t.</summary>
    Thumb,

    /// <summary>$x, of AArch64 (ELF for the Arm 64-bit Architecture, 5.4).</summary>
    A64,
}
