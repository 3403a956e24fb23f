namespace Ferry.Toolchain.Compilers;

/// <summary>One architecture as Rust, clang, zig and gcc name it, and the options that give C code the same floor as rustc's target specifications give Rust code.</summary>
internal sealed record CArchitecture(string Rust, string Clang, string Zig, string[] Prefixes)
{
    public static readonly CArchitecture[] All =
    [
        new("aarch64", "aarch64", "aarch64", ["aarch64"]),
        new("x86_64", "x86_64", "x86_64", ["x86_64"]),
        new("i686", "i686", "x86", ["i686", "i386"]),
        new("riscv64gc", "riscv64", "riscv64", ["riscv64"]) { SoftFloat = ["-march=rv64gc", "-mabi=lp64d"] },
        new("armv7", "armv7", "arm", ["arm", "armv7", "armv7l"])
        {
            HardFloat = ["-march=armv7-a", "-mfpu=vfpv3-d16", "-mfloat-abi=hard"],
            SoftFloat = ["-march=armv7-a", "-mfloat-abi=soft"],
            ZigHardFloat = "generic+v7a+vfp3d16",
            ZigSoftFloat = "generic+v7a+soft_float",
        },
        new("thumbv7neon", "armv7", "arm", ["arm", "armv7", "armv7l"])
        {
            HardFloat = ["-march=armv7-a", "-mthumb", "-mfpu=neon", "-mfloat-abi=hard"],
            ZigHardFloat = "generic+v7a+neon",
        },
        new("arm", "armv6", "arm", ["arm", "armv6"])
        {
            HardFloat = ["-march=armv6", "-marm", "-mfpu=vfp", "-mfloat-abi=hard"],
            SoftFloat = ["-march=armv6", "-marm", "-mfloat-abi=soft"],
            ZigHardFloat = "arm1176jzf_s",
            ZigSoftFloat = "arm1176jz_s",
        },
        new("armv5te", "armv5te", "arm", ["arm", "armv5te"])
        {
            SoftFloat = ["-march=armv5te", "-marm", "-mfloat-abi=soft"],
            ZigSoftFloat = "arm926ej_s",
        },
    ];

    /// <summary>Where the target's name ends in hf.</summary>
    public string[] HardFloat { get; init; } = [];

    /// <summary>For every other name.</summary>
    public string[] SoftFloat { get; init; } = [];

    public string? ZigHardFloat { get; init; }

    public string? ZigSoftFloat { get; init; }
}
