namespace Ferry.Devices;

/// <summary>
/// Which features the device's processor lacks for certain: the kernel tells programs what they may use (AT_HWCAP, the Features of /proc/cpuinfo), and is new
/// enough to know the name.
/// </summary>
internal sealed class ProcessorFeatures
{
    // The first kernels that name them in arch/arm64/include/uapi/asm/hwcap.h, rounded up; all others are as old as the processors.
    private static readonly Dictionary<string, Version> Since = new()
    {
        ["atomics"] = new(4, 3), ["fphp"] = new(4, 6), ["asimdhp"] = new(4, 6), ["asimdrdm"] = new(4, 11), ["jscvt"] = new(4, 12), ["fcma"] = new(4, 12), ["lrcpc"] = new(4, 12),
        ["sha3"] = new(4, 16), ["sm3"] = new(4, 16), ["sm4"] = new(4, 16), ["asimddp"] = new(4, 16), ["sha512"] = new(4, 16), ["sve"] = new(4, 16), ["asimdfhm"] = new(4, 16),
        ["ilrcpc"] = new(4, 17), ["flagm"] = new(4, 17), ["sb"] = new(5, 1), ["paca"] = new(5, 1), ["pacg"] = new(5, 1), ["flagm2"] = new(5, 3), ["frint"] = new(5, 3),
        ["i8mm"] = new(5, 7), ["bf16"] = new(5, 7), ["rng"] = new(5, 7), ["mte"] = new(5, 11), ["sme"] = new(5, 19), ["mops"] = new(6, 5),
    };

    private static readonly Version OldestKnown = new(4, 0);

    private readonly HashSet<string> names;
    private readonly ArmCore core;
    private readonly Version? kernel;
    private readonly bool isNarrow;

    private ProcessorFeatures(DeviceProfile profile, bool isNarrow, IEnumerable<string> names)
    {
        this.isNarrow = isNarrow;
        this.names = [.. names];
        core = ArmCore.Of(profile);
        kernel = KernelRelease.Version(profile.Kernel.Release);
    }

    /// <summary>What a program of this width may use, in the kernel's words; empty when it is not known.</summary>
    public IReadOnlyCollection<string> Names => names;

    public static ProcessorFeatures Of(DeviceProfile profile, int bits)
    {
        // A 64-bit kernel tells 32-bit programs other names than 64-bit ones; cpuinfo speaks to whoever reads it, and means the kernel's own width.
        var aux = profile.Aux.EntryBits == bits && profile.Aux.Hwcap is not null
            ? profile.Aux.Names.Count > 0 ? profile.Aux.Names : HwcapNames.Of(profile.Userland.Machine, bits, profile.Aux.Hwcap, profile.Aux.Hwcap2)
            : [];
        var words = profile.Cpu.Features.Contains("asimd") == (bits == 64) ? profile.Cpu.Features : [];
        return new ProcessorFeatures(profile, bits == 32, aux.Concat(words));
    }

    /// <summary>Whether a program that needs it would die there. What is not known is not lacking.</summary>
    public bool Lacks(string feature) => feature switch
    {
        "v7" => core.Version < 7,
        "v8" => core.Version < 8,
        "vfp" => core.FloatUnit == 0,
        _ => names.Count > 0 && kernel >= Since.GetValueOrDefault(feature, OldestKnown) && !Has(feature),
    };

    // Each unit of 32-bit ARM contains the older ones; old kernels name the newest alone, and none of them the registers d16 to d31 before 3.8.
    private bool Has(string feature) => names.Contains(feature) || (isNarrow && feature switch
    {
        "vfpv3" => names.Contains("vfpv3d16") || names.Contains("vfpv4") || names.Contains("neon") || core.Version >= 8,
        "vfpd32" => names.Contains("neon") || (names.Contains("vfpv3") && !names.Contains("vfpv3d16")) || core.Version >= 8,
        "vfpv4" or "idiva" or "idivt" => core.Version >= 8,
        _ => false,
    });
}
