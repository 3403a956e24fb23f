namespace Ferry.Devices;

/// <summary>
/// Cores by the numbers of their MIDR (MIDR_EL1: "Implementer", "PartNum"; the cores' technical reference manuals, Linux' arch/arm64/include/asm/cputype.h).
/// Only what embedded Linux is found on, and what people build on. LLVM's names are those of `rustc --print target-cpus`; a core that it does not know has that of the
/// design that it is made from, or none.
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

    private static readonly Dictionary<(string Implementer, string Part), CpuModel> Models = new()
    {
        [(Arm, "0x920")] = new("ARM920T", 4, null),
        [(Arm, "0x926")] = new("ARM926EJ-S", 5, "arm926ej-s"),
        [(Arm, "0xb36")] = new("ARM1136J-S", 6, "arm1136j-s"),
        [(Arm, "0xb56")] = new("ARM1156T2-S", 6, "arm1156t2-s"),
        [(Arm, "0xb76")] = new("ARM1176JZF-S", 6, "arm1176jzf-s"),
        [(Arm, "0xb02")] = new("ARM11 MPCore", 6, "mpcore"),
        [(Arm, "0xc05")] = new("Cortex-A5", 7, "cortex-a5"),
        [(Arm, "0xc07")] = new("Cortex-A7", 7, "cortex-a7"),
        [(Arm, "0xc08")] = new("Cortex-A8", 7, "cortex-a8"),
        [(Arm, "0xc09")] = new("Cortex-A9", 7, "cortex-a9"),
        [(Arm, "0xc0d")] = new("Cortex-A12", 7, "cortex-a12"),
        [(Arm, "0xc0e")] = new("Cortex-A17", 7, "cortex-a17"),
        [(Arm, "0xc0f")] = new("Cortex-A15", 7, "cortex-a15"),
        [(Arm, "0xd01")] = new("Cortex-A32", 8, "cortex-a32"),
        [(Arm, "0xd02")] = new("Cortex-A34", 8, "cortex-a34"),
        [(Arm, "0xd03")] = new("Cortex-A53", 8, "cortex-a53"),
        [(Arm, "0xd04")] = new("Cortex-A35", 8, "cortex-a35"),
        [(Arm, "0xd05")] = new("Cortex-A55", 8, "cortex-a55"),
        [(Arm, "0xd06")] = new("Cortex-A65", 8, "cortex-a65"),
        [(Arm, "0xd07")] = new("Cortex-A57", 8, "cortex-a57"),
        [(Arm, "0xd08")] = new("Cortex-A72", 8, "cortex-a72"),
        [(Arm, "0xd09")] = new("Cortex-A73", 8, "cortex-a73"),
        [(Arm, "0xd0a")] = new("Cortex-A75", 8, "cortex-a75"),
        [(Arm, "0xd0b")] = new("Cortex-A76", 8, "cortex-a76"),
        [(Arm, "0xd0c")] = new("Neoverse-N1", 8, "neoverse-n1"),
        [(Arm, "0xd0d")] = new("Cortex-A77", 8, "cortex-a77"),
        [(Arm, "0xd0e")] = new("Cortex-A76AE", 8, "cortex-a76ae"),
        [(Arm, "0xd40")] = new("Neoverse-V1", 8, "neoverse-v1"),
        [(Arm, "0xd41")] = new("Cortex-A78", 8, "cortex-a78"),
        [(Arm, "0xd42")] = new("Cortex-A78AE", 8, "cortex-a78ae"),
        [(Arm, "0xd43")] = new("Cortex-A65AE", 8, "cortex-a65ae"),
        [(Arm, "0xd44")] = new("Cortex-X1", 8, "cortex-x1"),
        [(Arm, "0xd46")] = new("Cortex-A510", 8, "cortex-a510"),
        [(Arm, "0xd47")] = new("Cortex-A710", 8, "cortex-a710"),
        [(Arm, "0xd48")] = new("Cortex-X2", 8, "cortex-x2"),
        [(Arm, "0xd49")] = new("Neoverse-N2", 8, "neoverse-n2"),
        [(Arm, "0xd4a")] = new("Neoverse-E1", 8, "neoverse-e1"),
        [(Arm, "0xd4b")] = new("Cortex-A78C", 8, "cortex-a78c"),
        [(Arm, "0xd4c")] = new("Cortex-X1C", 8, "cortex-x1c"),
        [(Arm, "0xd4d")] = new("Cortex-A715", 8, "cortex-a715"),
        [(Arm, "0xd4e")] = new("Cortex-X3", 8, "cortex-x3"),
        [(Arm, "0xd4f")] = new("Neoverse-V2", 8, "neoverse-v2"),
        [(Arm, "0xd80")] = new("Cortex-A520", 8, "cortex-a520"),
        [(Arm, "0xd81")] = new("Cortex-A720", 8, "cortex-a720"),
        [(Arm, "0xd82")] = new("Cortex-X4", 8, "cortex-x4"),
        [(Broadcom, "0x00f")] = new("Brahma-B15", 7, "cortex-a15"),
        [(Broadcom, "0x100")] = new("Brahma-B53", 8, "cortex-a53"),
        [(Broadcom, "0x516")] = new("ThunderX2", 8, "thunderx2t99"),
        [(Cavium, "0x0a0")] = new("ThunderX", 8, "thunderx"),
        [(Cavium, "0x0a1")] = new("ThunderX-88XX", 8, "thunderxt88"),
        [(Cavium, "0x0a2")] = new("ThunderX-81XX", 8, "thunderxt81"),
        [(Cavium, "0x0a3")] = new("ThunderX-83XX", 8, "thunderxt83"),
        [(Cavium, "0x0af")] = new("ThunderX2", 8, "thunderx2t99"),
        [(Cavium, "0x0b8")] = new("ThunderX3", 8, "thunderx3t110"),
        [(Nvidia, "0x000")] = new("Denver", 8, null),
        [(Nvidia, "0x003")] = new("Denver 2", 8, null),
        [(Nvidia, "0x004")] = new("Carmel", 8, "carmel"),
        [(Qualcomm, "0x00f")] = new("Scorpion", 7, null),
        [(Qualcomm, "0x02d")] = new("Scorpion", 7, null),
        [(Qualcomm, "0x04d")] = new("Krait", 7, "krait"),
        [(Qualcomm, "0x06f")] = new("Krait", 7, "krait"),
        [(Qualcomm, "0x201")] = new("Kryo", 8, "kryo"),
        [(Qualcomm, "0x205")] = new("Kryo", 8, "kryo"),
        [(Qualcomm, "0x211")] = new("Kryo", 8, "kryo"),
        [(Qualcomm, "0x800")] = new("Kryo 2xx Gold", 8, "cortex-a73"),
        [(Qualcomm, "0x801")] = new("Kryo 2xx Silver", 8, "cortex-a53"),
        [(Qualcomm, "0x802")] = new("Kryo 3xx Gold", 8, "cortex-a75"),
        [(Qualcomm, "0x803")] = new("Kryo 3xx Silver", 8, "cortex-a55"),
        [(Qualcomm, "0x804")] = new("Kryo 4xx Gold", 8, "cortex-a76"),
        [(Qualcomm, "0x805")] = new("Kryo 4xx Silver", 8, "cortex-a55"),
        [(Qualcomm, "0xc00")] = new("Falkor", 8, "falkor"),
        [(Qualcomm, "0x001")] = new("Oryon", 8, "oryon-1"),
        [(Samsung, "0x001")] = new("Exynos M1", 8, null),
        [(Samsung, "0x002")] = new("Exynos M3", 8, "exynos-m3"),
        [(Samsung, "0x003")] = new("Exynos M4", 8, "exynos-m4"),
        [(Samsung, "0x004")] = new("Exynos M5", 8, "exynos-m5"),
        [(Marvell, "0x131")] = new("Feroceon 88FR131", 5, "arm926ej-s"),
        [(Marvell, "0x581")] = new("PJ4", 7, null),
        [(Marvell, "0x584")] = new("PJ4B-MP", 7, null),
        [(Apple, "0x022")] = new("Apple Icestorm (M1)", 8, "apple-a14"),
        [(Apple, "0x023")] = new("Apple Firestorm (M1)", 8, "apple-a14"),
        [(Apple, "0x024")] = new("Apple Icestorm (M1 Pro)", 8, "apple-a14"),
        [(Apple, "0x025")] = new("Apple Firestorm (M1 Pro)", 8, "apple-a14"),
        [(Apple, "0x028")] = new("Apple Icestorm (M1 Max)", 8, "apple-a14"),
        [(Apple, "0x029")] = new("Apple Firestorm (M1 Max)", 8, "apple-a14"),
        [(Apple, "0x032")] = new("Apple Blizzard (M2)", 8, "apple-a15"),
        [(Apple, "0x033")] = new("Apple Avalanche (M2)", 8, "apple-a15"),
        [(Apple, "0x034")] = new("Apple Blizzard (M2 Pro)", 8, "apple-a15"),
        [(Apple, "0x035")] = new("Apple Avalanche (M2 Pro)", 8, "apple-a15"),
        [(Apple, "0x000")] = new("Apple (virtual machine)", 8, null),
        [(Ampere, "0xac3")] = new("Ampere-1", 8, "ampere1"),
        [(Ampere, "0xac4")] = new("Ampere-1A", 8, "ampere1a"),
    };

    /// <summary>Every core of the table.</summary>
    public static IEnumerable<CpuModel> All => Models.Values;

    /// <summary>The core's name, or null when the table lacks it.</summary>
    /// <param name="implementer">"0x41".</param>
    /// <param name="part">"0xd03".</param>
    public static string? Of(string? implementer, string? part) => Find(implementer, part)?.Name;

    /// <summary>What is known of a core, or null when the table lacks it.</summary>
    /// <param name="implementer">"0x41".</param>
    /// <param name="part">"0xd03".</param>
    public static CpuModel? Find(string? implementer, string? part) =>
        implementer is null || part is null ? null : Models.GetValueOrDefault((implementer, part));
}
