using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>Names for e_machine in the words that this room and its users go by.</summary>
public static class MachineNames
{
    /// <summary>32-bit ARM.</summary>
    public const string Arm = "arm";

    /// <summary>64-bit ARM.</summary>
    public const string AArch64 = "aarch64";

    /// <summary>64-bit x86.</summary>
    public const string X86_64 = "x86-64";

    /// <summary>32-bit x86.</summary>
    public const string X86 = "x86";

    /// <summary>RISC-V of either width.</summary>
    public const string RiscV = "riscv";

    /// <summary>MIPS of either width and byte order.</summary>
    public const string Mips = "mips";

    private static readonly Dictionary<ElfMachine, string> Names = new()
    {
        [ElfMachine.Sparc] = "sparc", [ElfMachine.I386] = X86, [ElfMachine.M68k] = "m68k", [ElfMachine.Mips] = Mips, [ElfMachine.PaRisc] = "parisc",
        [ElfMachine.Ppc] = "powerpc", [ElfMachine.Ppc64] = "powerpc64", [ElfMachine.S390] = "s390", [ElfMachine.Arm] = Arm, [ElfMachine.SuperH] = "sh",
        [ElfMachine.SparcV9] = "sparcv9", [ElfMachine.X86_64] = X86_64, [ElfMachine.Xtensa] = "xtensa", [ElfMachine.AArch64] = AArch64,
        [ElfMachine.MicroBlaze] = "microblaze", [ElfMachine.RiscV] = RiscV, [ElfMachine.LoongArch] = "loongarch", [ElfMachine.Alpha] = "alpha",
    };

    /// <summary>The name, or "machine 251" for a number that the table lacks.</summary>
    public static string Of(ElfMachine machine) => Names.GetValueOrDefault(machine, $"machine {(int)machine}");
}
