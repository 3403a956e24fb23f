namespace Ferry.Devices;

/// <summary>
/// The bits of AT_HWCAP and AT_HWCAP2 by name: Linux' arch/*/include/uapi/asm/hwcap.h, in the spelling of /proc/cpuinfo. What a bit means hangs on the width of
/// the program that was told: a 64-bit kernel tells a 32-bit program of ARM the bits of 32-bit ARM.
/// </summary>
public static class HwcapNames
{
    private static readonly string[] Arm =
    [
        "swp", "half", "thumb", "26bit", "fastmult", "fpa", "vfp", "edsp", "java", "iwmmxt", "crunch", "thumbee", "neon", "vfpv3", "vfpv3d16", "tls",
        "vfpv4", "idiva", "idivt", "vfpd32", "lpae", "evtstrm", "fphp", "asimdhp", "asimddp", "asimdfhm", "asimdbf16", "i8mm",
    ];

    private static readonly string[] Arm2 = ["aes", "pmull", "sha1", "sha2", "crc32", "sb", "ssbs"];

    private static readonly string[] AArch64 =
    [
        "fp", "asimd", "evtstrm", "aes", "pmull", "sha1", "sha2", "crc32", "atomics", "fphp", "asimdhp", "cpuid", "asimdrdm", "jscvt", "fcma", "lrcpc",
        "dcpop", "sha3", "sm3", "sm4", "asimddp", "sha512", "sve", "asimdfhm", "dit", "uscat", "ilrcpc", "flagm", "ssbs", "sb", "paca", "pacg",
    ];

    private static readonly string[] AArch64Second =
    [
        "dcpodp", "sve2", "sveaes", "svepmull", "svebitperm", "svesha3", "svesm4", "flagm2", "frint", "svei8mm", "svef32mm", "svef64mm", "svebf16", "i8mm", "bf16", "dgh",
        "rng", "bti", "mte", "ecv", "afp", "rpres", "mte3", "sme", "smei16i64", "smef64f64", "smei8i32", "smef16f32", "smeb16f32", "smef32f32", "smefa64", "wfxt",
        "ebf16", "sveebf16", "cssc", "rprfm", "sve2p1", "sme2", "sme2p1", "smei16i32", "smebi32i32", "smeb16b16", "smef16f16", "mops", "hbc", "sveb16b16", "lrcpc3", "lse128",
    ];

    // The letters of the ISA string, a to z.
    private static readonly string[] RiscV = [.. Enumerable.Range('a', 26).Select(letter => $"{(char)letter}")];

    private static readonly string[] Mips = ["r6", "msa", "crc32", "mips16", "mdmx", "mips3d", "smartmips", "dsp", "dsp2", "dsp3"];

    /// <summary>The names of the bits that are set; none for a machine whose bits Ferry does not know, nor for a bit that has no name here.</summary>
    /// <param name="machine">Of <see cref="MachineNames"/>, of the device's programs.</param>
    /// <param name="bits">The width of the program that was told them, 32 or 64.</param>
    /// <param name="hwcap">AT_HWCAP.</param>
    /// <param name="hwcap2">AT_HWCAP2.</param>
    public static IReadOnlyList<string> Of(string? machine, int? bits, ulong? hwcap, ulong? hwcap2) => (machine, bits) switch
    {
        (MachineNames.Arm or MachineNames.AArch64, 32) => [.. Set(Arm, hwcap), .. Set(Arm2, hwcap2)],
        (MachineNames.Arm or MachineNames.AArch64, 64) => [.. Set(AArch64, hwcap), .. Set(AArch64Second, hwcap2)],
        (MachineNames.RiscV, _) => [.. Set(RiscV, hwcap)],
        (MachineNames.Mips, _) => [.. Set(Mips, hwcap)],
        _ => [],
    };

    private static IEnumerable<string> Set(string[] names, ulong? bits) => names.Where((_, bit) => ((bits ?? 0) >> bit & 1) != 0);
}
