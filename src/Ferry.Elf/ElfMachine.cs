namespace Ferry.Elf;

/// <summary>The processor (e_machine), with the numbers of the gABI. Others than these come through as their number.</summary>
public enum ElfMachine : ushort
{
    /// <summary>EM_NONE.</summary>
    None = 0,

    /// <summary>EM_SPARC.</summary>
    Sparc = 2,

    /// <summary>EM_386: 32-bit x86.</summary>
    I386 = 3,

    /// <summary>EM_68K.</summary>
    M68k = 4,

    /// <summary>EM_MIPS: MIPS of either width and byte order.</summary>
    Mips = 8,

    /// <summary>EM_PARISC.</summary>
    PaRisc = 15,

    /// <summary>EM_PPC: 32-bit PowerPC.</summary>
    Ppc = 20,

    /// <summary>EM_PPC64: 64-bit PowerPC of either byte order.</summary>
    Ppc64 = 21,

    /// <summary>EM_S390: IBM z, 31 and 64 bit.</summary>
    S390 = 22,

    /// <summary>EM_ARM: 32-bit ARM (AArch32).</summary>
    Arm = 40,

    /// <summary>EM_SH.</summary>
    SuperH = 42,

    /// <summary>EM_SPARCV9.</summary>
    SparcV9 = 43,

    /// <summary>EM_X86_64: also x32, whose class is 32 bit.</summary>
    X86_64 = 62,

    /// <summary>EM_XTENSA.</summary>
    Xtensa = 94,

    /// <summary>EM_AARCH64: 64-bit ARM.</summary>
    AArch64 = 183,

    /// <summary>EM_MICROBLAZE.</summary>
    MicroBlaze = 189,

    /// <summary>EM_RISCV: RISC-V of either width.</summary>
    RiscV = 243,

    /// <summary>EM_BPF.</summary>
    Bpf = 247,

    /// <summary>EM_LOONGARCH.</summary>
    LoongArch = 258,

    /// <summary>EM_ALPHA, the number in use (the gABI's reserved one was never used).</summary>
    Alpha = 0x9026,
}
