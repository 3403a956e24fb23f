using System.Globalization;

namespace Ferry.Devices;

/// <summary>
/// Boards by name, for people who have none at hand: what a device is built for is decided by what it says of itself (<see cref="TargetChoice"/>), never by this table.
/// Revision codes: the Raspberry Pi documentation, "Raspberry Pi revision codes".
/// </summary>
public static class KnownBoards
{
    private const string A64 = "aarch64-unknown-linux-gnu";
    private const string V7 = "armv7-unknown-linux-gnueabihf";
    private const string V6 = "arm-unknown-linux-gnueabihf";

    private static readonly string[] OldPi = [V6];
    private static readonly string[] Only32 = [V7];
    private static readonly string[] Wide = [A64, V7];
    private static readonly string[] Only64 = [A64];

    // Bit 23: the code has fields. Before that a code was a number like others.
    private const uint NewStyle = 1 << 23;

    /// <summary>All of them: every Raspberry Pi, then others by name.</summary>
    public static IReadOnlyList<KnownBoard> All { get; } =
    [
        Pi("Raspberry Pi Model A", "ARM1176JZF-S", OldPi, 0x00, "0007 0008 0009"),
        Pi("Raspberry Pi Model B", "ARM1176JZF-S", OldPi, 0x01, "0002 0003 0004 0005 0006 000d 000e 000f"),
        Pi("Raspberry Pi Model A Plus", "ARM1176JZF-S", OldPi, 0x02, "0012 0015 900021"),
        Pi("Raspberry Pi Model B Plus", "ARM1176JZF-S", OldPi, 0x03, "0010 0013 900032"),
        Pi("Raspberry Pi Compute Module 1", "ARM1176JZF-S", OldPi, 0x06, "0011 0014 900061"),
        Pi("Raspberry Pi Zero", "ARM1176JZF-S", OldPi, 0x09, "900092 900093 920092 920093"),
        Pi("Raspberry Pi Zero W", "ARM1176JZF-S", OldPi, 0x0c, "9000c1"),
        // Revision 1.2 of the Pi 2 has the processor of the Pi 3; the field of its code says so.
        Pi("Raspberry Pi 2 Model B", "4 x Cortex-A7", Only32, 0x04, "a01040 a01041 a21041"),
        Pi("Raspberry Pi 2 Model B Rev 1.2", "4 x Cortex-A53", Wide, 0x04, "a02042 a22042"),
        Pi("Raspberry Pi 3 Model B", "4 x Cortex-A53", Wide, 0x08, "a02082 a22082 a32082 a52082 a22083"),
        Pi("Raspberry Pi 3 Model B Plus", "4 x Cortex-A53", Wide, 0x0d, "a020d3 a020d4"),
        Pi("Raspberry Pi 3 Model A Plus", "4 x Cortex-A53", Wide, 0x0e, "9020e0 9020e1"),
        Pi("Raspberry Pi Compute Module 3", "4 x Cortex-A53", Wide, 0x0a, "a020a0 a220a0"),
        Pi("Raspberry Pi Compute Module 3 Plus", "4 x Cortex-A53", Wide, 0x10, "a02100"),
        Pi("Raspberry Pi Zero 2 W", "4 x Cortex-A53", Wide, 0x12, "902120"),
        Pi("Raspberry Pi 4 Model B", "4 x Cortex-A72", Wide, 0x11, "a03111 b03111 b03112 b03114 b03115 c03111 c03112 c03114 c03115 d03114 d03115"),
        Pi("Raspberry Pi 400", "4 x Cortex-A72", Wide, 0x13, "c03130 c03131"),
        Pi("Raspberry Pi Compute Module 4", "4 x Cortex-A72", Wide, 0x14, "a03140 b03140 c03140 d03140 a03141 b03141 c03141 d03141"),
        Pi("Raspberry Pi Compute Module 4S", "4 x Cortex-A72", Wide, 0x15, "a03150 b03150 c03150 d03150"),
        Pi("Raspberry Pi 5", "4 x Cortex-A76", Wide, 0x17, "b04170 b04171 c04170 c04171 d04170 d04171 e04171"),
        Pi("Raspberry Pi Compute Module 5", "4 x Cortex-A76", Wide, 0x18, "b04180 c04180 d04180 e04180"),
        Pi("Raspberry Pi 500", "4 x Cortex-A76", Wide, 0x19, "d04190"),
        Pi("Raspberry Pi Compute Module 5 Lite", "4 x Cortex-A76", Wide, 0x1a, "b041a0 c041a0 d041a0 e041a0"),
        new("BeagleBone Black", "Cortex-A8", Only32),
        new("PocketBeagle", "Cortex-A8", Only32),
        new("BeagleBoard X15", "2 x Cortex-A15", Only32),
        new("BeaglePlay", "4 x Cortex-A53", Only64),
        new("BeagleBone AI-64", "2 x Cortex-A72", Only64),
        new("Zynq 7020 (Zedboard, PYNQ-Z1 and Z2, Xiphos Q7S)", "2 x Cortex-A9", Only32),
        new("Zynq 7010 (Zybo)", "2 x Cortex-A9", Only32),
        new("Zynq UltraScale+ (Kria KV260, Ultra96)", "4 x Cortex-A53", Only64),
        new("Colibri iMX6, Apalis iMX6", "Cortex-A9", Only32),
        new("Verdin iMX8M Mini and Plus", "4 x Cortex-A53", Only64),
        new("STM32MP157", "2 x Cortex-A7", Only32),
        new("SAMA5D2, SAMA5D3", "Cortex-A5", Only32),
        new("Odroid XU4", "4 x Cortex-A15, 4 x Cortex-A7", Only32),
        new("Odroid C4", "4 x Cortex-A55", Only64),
        new("Odroid N2", "4 x Cortex-A73, 2 x Cortex-A53", Only64),
        new("Orange Pi PC, NanoPi NEO (Allwinner H3)", "4 x Cortex-A7", Only32),
        new("Pine64, Orange Pi Zero 2", "4 x Cortex-A53", Only64),
        new("Rock Pi 4, RockPro64 (RK3399)", "2 x Cortex-A72, 4 x Cortex-A53", Only64),
        new("Rock 5B, Orange Pi 5 (RK3588)", "4 x Cortex-A76, 4 x Cortex-A55", Only64),
        new("Tinker Board (RK3288)", "4 x Cortex-A17", Only32),
        new("Jetson Nano", "4 x Cortex-A57", Only64),
        new("Jetson TX2", "2 x Denver 2, 4 x Cortex-A57", Only64),
        new("Jetson Xavier NX", "6 x Carmel", Only64),
        new("Jetson Orin Nano", "6 x Cortex-A78AE", Only64),
        new("Netgear R7000 (BCM4709, no floating-point unit)", "2 x Cortex-A9", ["armv7-unknown-linux-musleabi"]),
        new("Netgear R7800 (IPQ8065)", "2 x Krait", ["armv7-unknown-linux-musleabihf"]),
        new("Turris Omnia, Linksys WRT3200ACM (Armada 385)", "2 x Cortex-A9", ["armv7-unknown-linux-musleabihf"]),
        new("GL.iNet GL-MT6000, BananaPi R3 (OpenWrt)", "4 x Cortex-A53", ["aarch64-unknown-linux-musl"]),
        new("GL.iNet GL-MT300N, Onion Omega2 (OpenWrt)", "MIPS 24KEc", ["mipsel-unknown-linux-musl"]),
        new("TP-Link Archer C7 (OpenWrt)", "MIPS 74Kc", ["mips-unknown-linux-musl"]),
        new("SheevaPlug, GuruPlug (Kirkwood)", "Feroceon 88FR131", ["armv5te-unknown-linux-gnueabi"]),
        new("VisionFive 2, Milk-V Mars", "4 x SiFive U74", ["riscv64gc-unknown-linux-gnu"]),
        new("PC Engines APU2", "4 x AMD Jaguar", ["x86_64-unknown-linux-gnu"]),
        new("PC Engines ALIX (no SSE2: Rust's i686 targets do not run)", "AMD Geode", []),
    ];

    /// <summary>The board of a Raspberry Pi's revision code, also of one that is newer than this table but of a known type; else null.</summary>
    public static KnownBoard? OfRevision(string? revision) =>
        revision is null || !uint.TryParse(revision, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? null
        // Bits above 24 say who voided the warranty, and what may be overclocked.
        : All.FirstOrDefault(board => board.Revisions.Contains($"{code & 0xff_ffff:x4}"))
        ?? ((code & NewStyle) == 0 ? null : All.FirstOrDefault(board => board.PiType == (int)(code >> 4 & 0xff)));

    private static KnownBoard Pi(string name, string processor, string[] targets, int type, string revisions) =>
        new(name, processor, targets) { PiType = type, Revisions = revisions.Split(' ') };
}
