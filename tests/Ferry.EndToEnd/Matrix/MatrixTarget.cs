namespace Ferry.EndToEnd.Matrix;

/// <summary>A target, the device that its programs run on, and what Ferry is told so that it builds for it.</summary>
/// <param name="Triple">The Rust target.</param>
/// <param name="Device">A board of the lab, the emulator, or <see cref="ThisPc"/>.</param>
/// <param name="Arguments">None where the device's own target is meant.</param>
/// <param name="Clang">What compiles C for it.</param>
/// <param name="Where">Of the device, for the page.</param>
public sealed record MatrixTarget(string Triple, string Device, string[] Arguments, string Clang, string Where)
{
    /// <summary>By way of an sshd on the loopback.</summary>
    public const string ThisPc = "pc";

    private const string Pi4 = "board like a Pi 4: Cortex-A72, Debian 12 arm64";
    private const string Pi2 = "board like a Pi 2: Cortex-A7, Debian 12 armhf";
    private const string Pc = "this PC, through its own sshd";

    public static IReadOnlyList<MatrixTarget> All { get; } =
    [
        new("aarch64-unknown-linux-gnu", "pi4", [], "--target=aarch64-linux-gnu", Pi4),
        new("aarch64-unknown-linux-musl", "pi4", ["--static"], "--target=aarch64-linux-musl", Pi4),
        new("armv7-unknown-linux-gnueabihf", "pi2", [], "--target=armv7-linux-gnueabihf -mfpu=vfpv3-d16", Pi2),
        new("armv7-unknown-linux-musleabihf", "pi2", ["--static"], "--target=armv7-linux-musleabihf -mfpu=vfpv3-d16", Pi2),
        // Debian's armhf libraries are ARMv7: a Pi Zero would need those of Raspberry Pi OS.
        new("arm-unknown-linux-gnueabihf", "pi2", ["--target", "arm-unknown-linux-gnueabihf"], "--target=armv6-linux-gnueabihf -mfpu=vfp -marm", Pi2),
        // A board like it (tests/lab/boards up zero) is too slow and loses its network on a busy machine.
        new("arm-unknown-linux-musleabihf", "emulator:arm1176", [], "--target=armv6-linux-musleabihf -mfpu=vfp -marm", "QEMU's user emulation of an ARM1176 (Pi Zero)"),
        new("armv5te-unknown-linux-musleabi", "emulator:arm926", [], "--target=armv5te-linux-musleabi -mfloat-abi=soft -marm", "QEMU's user emulation of an ARM926"),
        new("x86_64-unknown-linux-gnu", ThisPc, [], "--target=x86_64-linux-gnu", Pc),
        new("x86_64-unknown-linux-musl", ThisPc, ["--static"], "--target=x86_64-linux-musl", Pc),
    ];

    /// <summary>Whether it is a system of its own, whose name server a test may set.</summary>
    public bool IsBoard => Device != ThisPc && !Device.StartsWith("emulator", StringComparison.Ordinal);

    public bool IsStatic => Triple.Contains("musl", StringComparison.Ordinal);

    public bool IsArm32 => Triple.StartsWith("arm", StringComparison.Ordinal);

    /// <summary>Whether its processors may be as old as an ARM1176.</summary>
    public bool IsOldArm => IsArm32 && !Triple.StartsWith("armv7", StringComparison.Ordinal);

    /// <summary>The builds that it has: a static program loads no library, so rustc makes no cdylib for it.</summary>
    public IEnumerable<MatrixBuild> Builds => MatrixBuild.All.Where(build => !(IsStatic && build.WithPlugin));
}
