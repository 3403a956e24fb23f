namespace Ferry.Devices;

/// <summary>Names for e_machine (gABI, "ELF Header"), in the words of this room and of users.</summary>
public static class MachineNames
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [2] = "sparc", [3] = "x86", [4] = "m68k", [8] = "mips", [15] = "parisc", [18] = "sparc32plus", [20] = "powerpc",
        [21] = "powerpc64", [22] = "s390", [40] = "arm", [42] = "sh", [43] = "sparcv9", [50] = "ia64", [62] = "x86-64", [92] = "openrisc",
        [93] = "arc", [94] = "xtensa", [106] = "blackfin", [113] = "nios2", [183] = "aarch64", [189] = "microblaze", [195] = "arcv2", [243] = "riscv",
        [252] = "csky", [258] = "loongarch",
    };

    /// <summary>EM_ARM: 32-bit ARM.</summary>
    internal const int Arm = 40;

    /// <summary>The name, or "machine 251" for a number that the table lacks.</summary>
    public static string Of(int machine) => Names.GetValueOrDefault(machine, $"machine {machine}");
}
