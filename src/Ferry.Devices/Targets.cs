namespace Ferry.Devices;

/// <summary>The Rust targets that Ferry builds for, and what belongs together among them.</summary>
public static class Targets
{
    // rv64gc is rv64imafdc.
    private static readonly string[] RiscVGc = ["i", "m", "a", "f", "d", "c"];

    /// <summary>All of them; for one machine and libc the most demanding first, but for those that are taken only on request.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new("aarch64-unknown-linux-gnu", MachineNames.AArch64, 64, LibcKind.Glibc, "64-bit ARM with a glibc system: Raspberry Pi 3 and later with the 64-bit system"),
        new("armv7-unknown-linux-gnueabihf", MachineNames.Arm, 32, LibcKind.Glibc, "ARMv7 with VFPv3-D16 and a hard-float (armhf) system, NEON not needed: Raspberry Pi 2 and later with the 32-bit system, BeagleBone, Zynq") { ArmVersion = 7, HardFloat = true },
        new("thumbv7neon-unknown-linux-gnueabihf", MachineNames.Arm, 32, LibcKind.Glibc, "the same in Thumb-2 code that uses NEON throughout") { ArmVersion = 7, HardFloat = true, Needs = ["neon"], OnRequest = true },
        new("arm-unknown-linux-gnueabihf", MachineNames.Arm, 32, LibcKind.Glibc, "ARMv6 with VFPv2 and a hard-float system: Raspberry Pi 1 and Zero with Raspberry Pi OS") { ArmVersion = 6, HardFloat = true },
        new("armv7-unknown-linux-gnueabi", MachineNames.Arm, 32, LibcKind.Glibc, "ARMv7 without a floating-point unit, with a soft-float (armel) system") { ArmVersion = 7, HardFloat = false },
        new("arm-unknown-linux-gnueabi", MachineNames.Arm, 32, LibcKind.Glibc, "ARMv6 without a floating-point unit, with a soft-float system") { ArmVersion = 6, HardFloat = false },
        new("armv5te-unknown-linux-gnueabi", MachineNames.Arm, 32, LibcKind.Glibc, "ARMv5TE with a soft-float system: Kirkwood NAS, ARM926 boards") { ArmVersion = 5, HardFloat = false },
        new("riscv64gc-unknown-linux-gnu", MachineNames.RiscV, 64, LibcKind.Glibc, "64-bit RISC-V with the usual extensions (rv64gc) and a glibc system: VisionFive, BeagleV") { Needs = RiscVGc },
        new("x86_64-unknown-linux-gnu", MachineNames.X86_64, 64, LibcKind.Glibc, "64-bit x86 with a glibc system"),
        new("i686-unknown-linux-gnu", MachineNames.X86, 32, LibcKind.Glibc, "32-bit x86 with SSE2 (Pentium 4 and later) and a glibc system") { Needs = ["sse2"] },
        new("aarch64-unknown-linux-musl", MachineNames.AArch64, 64, LibcKind.Musl, "64-bit ARM, static: any system, or none but a kernel"),
        new("armv7-unknown-linux-musleabihf", MachineNames.Arm, 32, LibcKind.Musl, "ARMv7 with VFPv3-D16, static: routers, armel systems whose processor has a floating-point unit") { ArmVersion = 7, HardFloat = true },
        new("thumbv7neon-unknown-linux-musleabihf", MachineNames.Arm, 32, LibcKind.Musl, "the same in Thumb-2 code that uses NEON throughout") { ArmVersion = 7, HardFloat = true, Needs = ["neon"], OnRequest = true, HasStd = false },
        new("arm-unknown-linux-musleabihf", MachineNames.Arm, 32, LibcKind.Musl, "ARMv6 with VFPv2, static: Raspberry Pi 1 and Zero with any system") { ArmVersion = 6, HardFloat = true },
        new("armv7-unknown-linux-musleabi", MachineNames.Arm, 32, LibcKind.Musl, "ARMv7 without a floating-point unit, static: Netgear R7000 and its kin") { ArmVersion = 7, HardFloat = false },
        new("arm-unknown-linux-musleabi", MachineNames.Arm, 32, LibcKind.Musl, "ARMv6 without a floating-point unit, static") { ArmVersion = 6, HardFloat = false },
        new("armv5te-unknown-linux-musleabi", MachineNames.Arm, 32, LibcKind.Musl, "ARMv5TE, static: old NAS and routers") { ArmVersion = 5, HardFloat = false },
        new("riscv64gc-unknown-linux-musl", MachineNames.RiscV, 64, LibcKind.Musl, "64-bit RISC-V with the usual extensions, static") { Needs = RiscVGc },
        new("x86_64-unknown-linux-musl", MachineNames.X86_64, 64, LibcKind.Musl, "64-bit x86, static: Alpine and others, containers made from scratch"),
        new("i686-unknown-linux-musl", MachineNames.X86, 32, LibcKind.Musl, "32-bit x86 with SSE2, static") { Needs = ["sse2"] },
        new("mips-unknown-linux-musl", MachineNames.Mips, 32, LibcKind.Musl, "big-endian MIPS routers, static") { BigEndian = true, HasStd = false },
        new("mipsel-unknown-linux-musl", MachineNames.Mips, 32, LibcKind.Musl, "little-endian MIPS routers, static") { HasStd = false },
    ];

    /// <summary>The target of that triple, or null.</summary>
    public static Target? Find(string triple) => All.FirstOrDefault(target => target.Triple == triple);

    /// <summary>
    /// Whether programs for that triple bring everything and need nothing of the device. Of a triple that the table lacks its environment says so:
    /// rustc links every musl target of ARM and x86 statically.
    /// </summary>
    public static bool IsStatic(string triple) =>
        Find(triple)?.IsStatic ?? (triple.Split('-') is [.., var environment] && environment.StartsWith("musl", StringComparison.Ordinal));

    /// <summary>The static target for the same processors (or older ones) and float ABI; the triple itself where it is static; null where the table has none.</summary>
    public static string? StaticTwin(string triple) =>
        IsStatic(triple) ? triple
        : Find(triple) is not { } target ? null
        : All.FirstOrDefault(twin => twin.IsStatic && twin.HasStd && twin.Machine == target.Machine && twin.ArmVersion == target.ArmVersion && twin.HardFloat == target.HardFloat)?.Triple;
}
