namespace Ferry.Devices;

/// <summary>A profile in words: "32-bit userland (armhf, glibc 2.36) under a 64-bit kernel, Cortex-A53".</summary>
public static class TargetReason
{
    /// <summary>All of it, as far as it is known.</summary>
    public static string Describe(DeviceProfile profile)
    {
        var userland = profile.Userland;
        var bits = userland.Bits is { } width ? $"{width}-bit userland" : "userland of unknown width";
        var words = new[] { Abi(userland), Libc(profile.Libc) }.Where(word => word is not null);
        var kernel = userland.Bits == 32 && profile.Kernel.Machine is "aarch64" or "x86_64" ? " under a 64-bit kernel" : "";
        var core = userland.Machine == MachineNames.Arm && ArmCore.Of(profile).Version is { } version ? $" (ARMv{version})" : "";
        var processor = profile.Cpu.Cores is { Count: > 1 } cores && cores.All(one => one.Name is not null)
            ? string.Join(" and ", cores.Select(one => one.Name).Distinct()) : profile.Cpu.Name ?? profile.Cpu.ModelText;
        return $"{bits} ({string.Join(", ", words)}){kernel}" + (processor is null && core.Length == 0 ? "" : $", {processor ?? "processor"}{core}");
    }

    internal static string Machine(UserlandFacts userland) =>
        $"{userland.Bits}-bit {(userland.BigEndian == true ? "big-endian" : "little-endian")} {userland.Machine}";

    internal static string Libc(LibcFacts libc) => libc.Kind switch
    {
        null => "unknown C library",
        LibcKind.Uclibc => ("uClibc " + libc.Version).TrimEnd(),
        LibcKind.Musl => ("musl " + libc.Version).TrimEnd(),
        _ => ("glibc " + libc.Version).TrimEnd(),
    };

    /// <summary>Why no target runs on a processor.</summary>
    internal static string Lack(DeviceProfile profile, ArmCore core) => profile.Userland.Machine == MachineNames.Arm
        ? $"its architecture is ARMv{core.Version}, its floating-point unit is {FloatUnit(core.FloatUnit)}"
        : $"its features are {string.Join(' ', profile.Cpu.Features.Count > 0 ? profile.Cpu.Features : profile.Aux.Names)}";

    internal static string FloatUnit(int? unit) => unit switch
    {
        null => "not known",
        0 => "none",
        _ => $"VFPv{unit}",
    };

    // Debian's words, which users of ARM boards know.
    private static string? Abi(UserlandFacts userland) => (userland.Machine, userland.HardFloat) switch
    {
        (MachineNames.Arm, true) => "armhf",
        (MachineNames.Arm, false) => "armel",
        (MachineNames.AArch64, _) => "arm64",
        var (machine, _) => machine ?? "unknown machine",
    };
}
