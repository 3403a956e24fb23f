namespace Ferry.Devices;

/// <summary>Arm's part numbers (MIDR_EL1, "PartNum"; the cores' technical reference manuals), for the cores of embedded boards.</summary>
public static class CpuNames
{
    private static readonly Dictionary<(string Implementer, string Part), string> Names = new()
    {
        [("0x41", "0x926")] = "ARM926EJ-S", [("0x41", "0xb76")] = "ARM1176JZF-S",
        [("0x41", "0xc05")] = "Cortex-A5", [("0x41", "0xc07")] = "Cortex-A7", [("0x41", "0xc08")] = "Cortex-A8", [("0x41", "0xc09")] = "Cortex-A9",
        [("0x41", "0xc0e")] = "Cortex-A17", [("0x41", "0xc0f")] = "Cortex-A15", [("0x41", "0xd01")] = "Cortex-A32",
        [("0x41", "0xd03")] = "Cortex-A53", [("0x41", "0xd04")] = "Cortex-A35", [("0x41", "0xd05")] = "Cortex-A55", [("0x41", "0xd07")] = "Cortex-A57",
        [("0x41", "0xd08")] = "Cortex-A72", [("0x41", "0xd09")] = "Cortex-A73", [("0x41", "0xd0a")] = "Cortex-A75", [("0x41", "0xd0b")] = "Cortex-A76",
        [("0x41", "0xd0c")] = "Neoverse-N1", [("0x41", "0xd41")] = "Cortex-A78", [("0x41", "0xd42")] = "Cortex-A78AE", [("0x41", "0xd49")] = "Neoverse-N2",
        [("0x51", "0x06f")] = "Krait", [("0x56", "0x581")] = "PJ4",
    };

    /// <summary>The core's name, or null when the table lacks it.</summary>
    public static string? Of(string? implementer, string? part) =>
        implementer is null || part is null ? null : Names.GetValueOrDefault((implementer, part));
}
