namespace Ferry.Devices;

/// <summary>The Rust targets that Ferry builds for, and what belongs together among them.</summary>
public static class Targets
{
    /// <summary>All of them; for one machine and libc the most demanding first.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new("aarch64-unknown-linux-gnu", MachineNames.AArch64, LibcKind.Glibc),
        new("armv7-unknown-linux-gnueabihf", MachineNames.Arm, LibcKind.Glibc, 7, HardFloat: true),
        new("arm-unknown-linux-gnueabihf", MachineNames.Arm, LibcKind.Glibc, 6, HardFloat: true),
        new("armv7-unknown-linux-gnueabi", MachineNames.Arm, LibcKind.Glibc, 7, HardFloat: false),
        new("arm-unknown-linux-gnueabi", MachineNames.Arm, LibcKind.Glibc, 6, HardFloat: false),
        new("armv5te-unknown-linux-gnueabi", MachineNames.Arm, LibcKind.Glibc, 5, HardFloat: false),
        new("x86_64-unknown-linux-gnu", MachineNames.X86_64, LibcKind.Glibc),
        new("aarch64-unknown-linux-musl", MachineNames.AArch64, LibcKind.Musl),
        new("armv7-unknown-linux-musleabihf", MachineNames.Arm, LibcKind.Musl, 7, HardFloat: true),
        new("arm-unknown-linux-musleabihf", MachineNames.Arm, LibcKind.Musl, 6, HardFloat: true),
        new("armv7-unknown-linux-musleabi", MachineNames.Arm, LibcKind.Musl, 7, HardFloat: false),
        new("arm-unknown-linux-musleabi", MachineNames.Arm, LibcKind.Musl, 6, HardFloat: false),
        new("armv5te-unknown-linux-musleabi", MachineNames.Arm, LibcKind.Musl, 5, HardFloat: false),
        new("x86_64-unknown-linux-musl", MachineNames.X86_64, LibcKind.Musl),
    ];

    /// <summary>The target of that triple, or null.</summary>
    public static Target? Find(string triple) => All.FirstOrDefault(target => target.Triple == triple);

    /// <summary>
    /// Whether programs for that triple bring everything and need nothing of the device. Of a triple that the table lacks its environment says so:
    /// rustc links every musl target of ARM and x86 statically.
    /// </summary>
    public static bool IsStatic(string triple) =>
        Find(triple)?.IsStatic ?? (triple.Split('-') is [.., var environment] && environment.StartsWith("musl", StringComparison.Ordinal));

    /// <summary>The static target for the same processors and float ABI; the triple itself where it is static; null where the table has none.</summary>
    public static string? StaticTwin(string triple) =>
        IsStatic(triple) ? triple
        : Find(triple) is not { } target ? null
        : All.FirstOrDefault(twin => twin.IsStatic && twin.Machine == target.Machine && twin.ArmVersion == target.ArmVersion && twin.HardFloat == target.HardFloat)?.Triple;
}
