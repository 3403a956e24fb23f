using Ferry.Toolchain;

namespace Ferry.EndToEnd.Compilers;

/// <summary>A target, the libraries and headers that stand for a device's, and what runs its programs here.</summary>
internal sealed record CDevice(string Target, string Architecture, string? Interpreter, string Folder, string[] Runner)
{
    private static readonly string[] OnArm1176 = ["qemu-arm", "-cpu", "arm1176"];

    // ARMv6 with glibc runs on ARMv7's libraries: Debian has no others.
    private static readonly CDevice[] Table =
    [
        new("aarch64-unknown-linux-gnu", "arm64", "/lib/ld-linux-aarch64.so.1", "aarch64-linux-gnu", ["qemu-aarch64", "-L", CBench.LabFolder("dev", "arm64")]),
        new("armv7-unknown-linux-gnueabihf", "armhf", "/lib/ld-linux-armhf.so.3", "arm-linux-gnueabihf", ["qemu-arm", "-cpu", "cortex-a7", "-L", CBench.LabFolder("dev", "armhf")]),
        new("arm-unknown-linux-gnueabihf", "armhf", "/lib/ld-linux-armhf.so.3", "arm-linux-gnueabihf", ["qemu-arm", "-cpu", "cortex-a7", "-L", CBench.LabFolder("dev", "armhf")]),
        new("x86_64-unknown-linux-gnu", "amd64", "/lib64/ld-linux-x86-64.so.2", "x86_64-linux-gnu", []),
        new("aarch64-unknown-linux-musl", "arm64", null, "aarch64-linux-musl", ["qemu-aarch64"]),
        new("armv7-unknown-linux-musleabihf", "armhf", null, "arm-linux-musleabihf", ["qemu-arm", "-cpu", "cortex-a7"]),
        new("arm-unknown-linux-musleabihf", "armhf", null, "arm-linux-musleabihf", OnArm1176),
        new("x86_64-unknown-linux-musl", "amd64", null, "x86_64-linux-musl", []),
    ];

    /// <summary>Whether the device's sysroot has the -dev packages; without them it is that of a device as it came.</summary>
    public bool HasHeaders { get; init; } = true;

    public bool IsMusl => Interpreter is null;

    public string Root => CBench.LabFolder(HasHeaders ? "dev" : "plain", Architecture);

    public SysrootFacts Sysroot => IsMusl
        ? SysrootFacts.None with { Headers = HasHeaders ? Root : "", Device = "pi" }
        : new($"{Target} of the tests {HasHeaders}", Root, Interpreter, [$"/lib/{Folder}", $"/usr/lib/{Folder}"]) { Device = "pi" };

    public static CDevice Of(string target) => Table.Single(row => row.Target == target);
}
