namespace Ferry.Devices;

/// <summary>
/// Cores by the numbers of their MIDR (MIDR_EL1: "Implementer", "PartNum"; the cores' technical reference manuals, Linux' arch/arm64/include/asm/cputype.h).
/// Only what embedded Linux is found on, and what people build on.
/// </summary>
public static class CpuNames
{
    private const string Arm = "0x41";
    private const string Broadcom = "0x42";
    private const string Cavium = "0x43";
    private const string Nvidia = "0x4e";
    private const string Marvell = "0x56";
    private const string Qualcomm = "0x51";
    private const string Samsung = "0x53";
    private const string Apple = "0x61";
    private const string Ampere = "0xc0";

    private static readonly Dictionary<(string Implementer, string Part), string> Names = new()
    {
        [(Arm, "0x920")] = "ARM920T", [(Arm, "0x926")] = "ARM926EJ-S", [(Arm, "0xb36")] = "ARM1136J-S", [(Arm, "0xb56")] = "ARM1156T2-S",
        [(Arm, "0xb76")] = "ARM1176JZF-S", [(Arm, "0xb02")] = "ARM11 MPCore",
        [(Arm, "0xc05")] = "Cortex-A5", [(Arm, "0xc07")] = "Cortex-A7", [(Arm, "0xc08")] = "Cortex-A8", [(Arm, "0xc09")] = "Cortex-A9",
        [(Arm, "0xc0d")] = "Cortex-A12", [(Arm, "0xc0e")] = "Cortex-A17", [(Arm, "0xc0f")] = "Cortex-A15",
        [(Arm, "0xd01")] = "Cortex-A32", [(Arm, "0xd02")] = "Cortex-A34", [(Arm, "0xd03")] = "Cortex-A53", [(Arm, "0xd04")] = "Cortex-A35",
        [(Arm, "0xd05")] = "Cortex-A55", [(Arm, "0xd06")] = "Cortex-A65", [(Arm, "0xd07")] = "Cortex-A57", [(Arm, "0xd08")] = "Cortex-A72",
        [(Arm, "0xd09")] = "Cortex-A73", [(Arm, "0xd0a")] = "Cortex-A75", [(Arm, "0xd0b")] = "Cortex-A76", [(Arm, "0xd0c")] = "Neoverse-N1",
        [(Arm, "0xd0d")] = "Cortex-A77", [(Arm, "0xd0e")] = "Cortex-A76AE", [(Arm, "0xd40")] = "Neoverse-V1", [(Arm, "0xd41")] = "Cortex-A78",
        [(Arm, "0xd42")] = "Cortex-A78AE", [(Arm, "0xd43")] = "Cortex-A65AE", [(Arm, "0xd44")] = "Cortex-X1", [(Arm, "0xd46")] = "Cortex-A510",
        [(Arm, "0xd47")] = "Cortex-A710", [(Arm, "0xd48")] = "Cortex-X2", [(Arm, "0xd49")] = "Neoverse-N2", [(Arm, "0xd4a")] = "Neoverse-E1",
        [(Arm, "0xd4b")] = "Cortex-A78C", [(Arm, "0xd4c")] = "Cortex-X1C", [(Arm, "0xd4d")] = "Cortex-A715", [(Arm, "0xd4e")] = "Cortex-X3",
        [(Arm, "0xd4f")] = "Neoverse-V2", [(Arm, "0xd80")] = "Cortex-A520", [(Arm, "0xd81")] = "Cortex-A720", [(Arm, "0xd82")] = "Cortex-X4",
        [(Broadcom, "0x00f")] = "Brahma-B15", [(Broadcom, "0x100")] = "Brahma-B53", [(Broadcom, "0x516")] = "ThunderX2",
        [(Cavium, "0x0a0")] = "ThunderX", [(Cavium, "0x0a1")] = "ThunderX-88XX", [(Cavium, "0x0a2")] = "ThunderX-81XX", [(Cavium, "0x0a3")] = "ThunderX-83XX",
        [(Cavium, "0x0af")] = "ThunderX2", [(Cavium, "0x0b8")] = "ThunderX3",
        [(Nvidia, "0x000")] = "Denver", [(Nvidia, "0x003")] = "Denver 2", [(Nvidia, "0x004")] = "Carmel",
        [(Qualcomm, "0x00f")] = "Scorpion", [(Qualcomm, "0x02d")] = "Scorpion", [(Qualcomm, "0x04d")] = "Krait", [(Qualcomm, "0x06f")] = "Krait",
        [(Qualcomm, "0x201")] = "Kryo", [(Qualcomm, "0x205")] = "Kryo", [(Qualcomm, "0x211")] = "Kryo",
        [(Qualcomm, "0x800")] = "Kryo 2xx Gold", [(Qualcomm, "0x801")] = "Kryo 2xx Silver", [(Qualcomm, "0x802")] = "Kryo 3xx Gold", [(Qualcomm, "0x803")] = "Kryo 3xx Silver",
        [(Qualcomm, "0x804")] = "Kryo 4xx Gold", [(Qualcomm, "0x805")] = "Kryo 4xx Silver", [(Qualcomm, "0xc00")] = "Falkor", [(Qualcomm, "0x001")] = "Oryon",
        [(Samsung, "0x001")] = "Exynos M1", [(Samsung, "0x002")] = "Exynos M3", [(Samsung, "0x003")] = "Exynos M4", [(Samsung, "0x004")] = "Exynos M5",
        [(Marvell, "0x131")] = "Feroceon 88FR131", [(Marvell, "0x581")] = "PJ4", [(Marvell, "0x584")] = "PJ4B-MP",
        [(Apple, "0x022")] = "Apple Icestorm (M1)", [(Apple, "0x023")] = "Apple Firestorm (M1)", [(Apple, "0x024")] = "Apple Icestorm (M1 Pro)",
        [(Apple, "0x025")] = "Apple Firestorm (M1 Pro)", [(Apple, "0x028")] = "Apple Icestorm (M1 Max)", [(Apple, "0x029")] = "Apple Firestorm (M1 Max)",
        [(Apple, "0x032")] = "Apple Blizzard (M2)", [(Apple, "0x033")] = "Apple Avalanche (M2)", [(Apple, "0x034")] = "Apple Blizzard (M2 Pro)",
        [(Apple, "0x035")] = "Apple Avalanche (M2 Pro)", [(Apple, "0x000")] = "Apple (virtual machine)",
        [(Ampere, "0xac3")] = "Ampere-1", [(Ampere, "0xac4")] = "Ampere-1A",
    };

    /// <summary>The core's name, or null when the table lacks it.</summary>
    /// <param name="implementer">"0x41".</param>
    /// <param name="part">"0xd03".</param>
    public static string? Of(string? implementer, string? part) =>
        implementer is null || part is null ? null : Names.GetValueOrDefault((implementer, part));
}
