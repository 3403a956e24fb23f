namespace Ferry.Devices;

/// <summary>The processors of the emulator device.</summary>
public static class EmulatedCpus
{
    private static readonly string[] Arm64 = ["libc6-arm64-cross", "libgcc-s1-arm64-cross"];
    private static readonly string[] ArmHf = ["libc6-armhf-cross", "libgcc-s1-armhf-cross"];
    private static readonly string[] Vfpv4 = ["vfp", "neon", "vfpv3", "vfpv4"];
    private static readonly string[] Vfpv3 = ["vfp", "neon", "vfpv3"];

    /// <summary>All of them; the first is the one that plain "emulator" means.</summary>
    public static IReadOnlyList<EmulatedCpu> All { get; } =
    [
        Wide("cortex-a53", "Cortex-A53"), Wide("cortex-a57", "Cortex-A57"), Wide("cortex-a72", "Cortex-A72"), Wide("cortex-a76", "Cortex-A76"),
        Narrow("cortex-a7", "Cortex-A7", Vfpv4), Narrow("cortex-a8", "Cortex-A8", Vfpv3), Narrow("cortex-a9", "Cortex-A9", Vfpv3), Narrow("cortex-a15", "Cortex-A15", Vfpv4),
        // Debian's armhf libraries are ARMv7 throughout: they would die on these two.
        new("arm926", "ARM926EJ-S", MachineNames.Arm, "v5l", [], "qemu-arm", null, []),
        new("arm1176", "ARM1176JZF-S", MachineNames.Arm, "v6l", ["vfp"], "qemu-arm", null, []),
    ];

    /// <summary>The processor of that name, or null.</summary>
    public static EmulatedCpu? Find(string name) => All.FirstOrDefault(cpu => cpu.Name == name);

    private static EmulatedCpu Wide(string name, string title) =>
        new(name, title, MachineNames.AArch64, "aarch64", ["fp", "asimd"], "qemu-aarch64", "/usr/aarch64-linux-gnu/lib", Arm64);

    private static EmulatedCpu Narrow(string name, string title, IReadOnlyList<string> features) =>
        new(name, title, MachineNames.Arm, "v7l", features, "qemu-arm", "/usr/arm-linux-gnueabihf/lib", ArmHf);
}
