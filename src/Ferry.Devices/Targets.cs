namespace Ferry.Devices;

/// <summary>The Rust targets that Ferry builds for.</summary>
public static class Targets
{
    /// <summary>All of them; for one machine and libc the most demanding first.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new("aarch64-unknown-linux-gnu", MachineNames.AArch64, LibcKind.Glibc),
        new("armv7-unknown-linux-gnueabihf", MachineNames.Arm, LibcKind.Glibc, 7),
        new("arm-unknown-linux-gnueabihf", MachineNames.Arm, LibcKind.Glibc, 6),
        new("x86_64-unknown-linux-gnu", MachineNames.X86_64, LibcKind.Glibc),
        new("aarch64-unknown-linux-musl", MachineNames.AArch64, LibcKind.Musl),
        new("armv7-unknown-linux-musleabihf", MachineNames.Arm, LibcKind.Musl, 7),
        new("arm-unknown-linux-musleabihf", MachineNames.Arm, LibcKind.Musl, 6),
        new("x86_64-unknown-linux-musl", MachineNames.X86_64, LibcKind.Musl),
    ];

    /// <summary>The target of that triple, or null.</summary>
    public static Target? Find(string triple) => All.FirstOrDefault(target => target.Triple == triple);
}
