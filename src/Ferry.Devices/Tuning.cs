namespace Ferry.Devices;

/// <summary>What rustc is told so that it builds for a device's very processor.</summary>
public sealed record Tuning
{
    /// <summary>rustc's name of a feature, and what a device must tell so that it has it. LLVM's picture of a core has all that the design can have; what a maker left out (the Raspberry Pi 4 its AES) the kernel tells.</summary>
    private static readonly (string Feature, string[] Needs)[] Known =
    [
        ("aes", ["aes", "pmull"]), ("sha2", ["sha1", "sha2"]), ("crc", ["crc32"]), ("lse", ["atomics"]), ("rdm", ["asimdrdm"]), ("fp16", ["fphp", "asimdhp"]),
        ("dotprod", ["asimddp"]), ("rcpc", ["lrcpc"]), ("rcpc2", ["ilrcpc"]), ("sha3", ["sha3", "sha512"]), ("sm4", ["sm3", "sm4"]), ("jsconv", ["jscvt"]), ("fcma", ["fcma"]),
        ("dpb", ["dcpop"]), ("dpb2", ["dcpodp"]), ("fhm", ["asimdfhm"]), ("dit", ["dit"]), ("flagm", ["flagm"]), ("frintts", ["frint"]), ("ssbs", ["ssbs"]), ("sb", ["sb"]),
        ("paca", ["paca"]), ("pacg", ["pacg"]), ("i8mm", ["i8mm"]), ("bf16", ["bf16"]), ("bti", ["bti"]), ("rand", ["rng"]), ("mte", ["mte"]), ("lse2", ["uscat"]),
        ("sve", ["sve"]), ("sve2", ["sve2"]), ("sve2-aes", ["sveaes"]), ("sve2-bitperm", ["svebitperm"]), ("sve2-sha3", ["svesha3"]), ("sve2-sm4", ["svesm4"]),
    ];

    /// <summary>Of those, the ones that make ordinary code faster.</summary>
    private static readonly string[] Useful = ["aes", "sha2", "crc", "lse", "rdm", "fp16", "dotprod", "rcpc"];

    private static readonly (string Level, string[] Needs)[] X86Levels =
    [
        ("x86-64-v4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe"]),
        ("x86-64-v3", ["avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"]),
        ("x86-64-v2", ["cx16", "lahf_lm", "popcnt", "sse4_1", "sse4_2", "ssse3"]),
    ];

    /// <summary>For <c>-C target-cpu</c>; null when there is nothing to tune by.</summary>
    public string? TargetCpu { get; init; }

    /// <summary>rustc's features that the processor has, of those that make a difference.</summary>
    public IReadOnlyList<string> Has { get; init; } = [];

    /// <summary>Why this processor, or why none: a sentence without a full stop.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether the processor's features are known one by one, so that what it lacks can be left out.</summary>
    private bool KnowsFeatures { get; init; }

    /// <summary>For a device and a target. What a device did not tell is not guessed: then there is none.</summary>
    public static Tuning For(DeviceProfile profile, Target target)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(target);
        return target.Machine switch
        {
            MachineNames.AArch64 when profile.Aux is { EntryBits: 64, Names.Count: > 0 } => AArch64(profile),
            MachineNames.AArch64 => None("the device did not tell the features of its processor (AT_HWCAP)"),
            MachineNames.Arm => Arm(profile, target),
            MachineNames.X86_64 => X86(profile),
            var machine => None($"ferry knows nothing to tune {machine} programs by"),
        };
    }

    /// <summary>rustc's options.</summary>
    /// <param name="ofCpu">The features that rustc takes <see cref="TargetCpu"/> to have.</param>
    public IReadOnlyList<string> Flags(IReadOnlyCollection<string> ofCpu)
    {
        if (TargetCpu is null)
        {
            return [];
        }

        var more = Useful.Where(feature => Has.Contains(feature) && !ofCpu.Contains(feature)).Select(feature => "+" + feature);
        var less = Known.Select(known => known.Feature).Where(feature => KnowsFeatures && ofCpu.Contains(feature) && !Has.Contains(feature)).Select(feature => "-" + feature);
        string[] features = [.. more, .. less];
        return features.Length == 0 ? ["-C", "target-cpu=" + TargetCpu] : ["-C", "target-cpu=" + TargetCpu, "-C", "target-feature=" + string.Join(',', features)];
    }

    private static Tuning AArch64(DeviceProfile profile)
    {
        var core = Slowest(profile);
        return new Tuning
        {
            TargetCpu = core?.TargetCpu ?? "generic",
            Has = [.. Known.Where(known => known.Needs.All(profile.Aux.Names.Contains)).Select(known => known.Feature)],
            KnowsFeatures = true,
            Reason = core is null ? "features by AT_HWCAP; ferry does not know the core" : Pair(profile, core) + "features by AT_HWCAP",
        };
    }

    // The features of 32-bit ARM are not stable in rustc: naming one brings a warning for each crate. The core's name brings what the target allows.
    private static Tuning Arm(DeviceProfile profile, Target target)
    {
        if (Slowest(profile) is not { TargetCpu: { } cpu } core)
        {
            return None(profile.Cpu.Cores.Count == 0 ? "the device did not tell what its cores are" : "ferry knows no name of LLVM's for its core");
        }

        return core.ArmVersion < target.ArmVersion ? None($"{target.Triple} is for ARMv{target.ArmVersion} and later, and its {core.Name} is an ARMv{core.ArmVersion}")
            : target.ArmVersion < 7 && core.ArmVersion != target.ArmVersion ? None($"programs for {target.Triple} are held to ARMv{target.ArmVersion}, and its {core.Name} is an ARMv{core.ArmVersion}")
            : target is { ArmVersion: 6, HardFloat: false } ? None("LLVM takes every ARMv6 core for one with a floating-point unit")
            : new Tuning { TargetCpu = cpu, Reason = Pair(profile, core).TrimEnd(' ', ';') };
    }

    private static Tuning X86(DeviceProfile profile) =>
        X86Levels.FirstOrDefault(level => level.Needs.All(profile.Cpu.Features.Contains)) is { Level: { } cpu } ? new Tuning { TargetCpu = cpu, Reason = "the highest level whose features /proc/cpuinfo names" }
            : None("/proc/cpuinfo names no more than every 64-bit x86 has");

    // A program may be moved to any core: it is built for the one in the pair that suffers most from code that is not made for it. Of Arm's pairs
    // the LITTLE one has the lower part number.
    private static CpuModel? Slowest(DeviceProfile profile) => profile.Cpu.Cores
        .OrderBy(core => core.Part, StringComparer.Ordinal)
        .Select(core => CpuNames.Find(core.Implementer, core.Part)).FirstOrDefault();

    private static string Pair(DeviceProfile profile, CpuModel core) =>
        profile.Cpu.Cores.Count > 1 ? $"for the {core.Name} of {string.Join(" and ", profile.Cpu.Cores.Select(one => one.Name ?? one.Part))}; " : $"the processor is {(core.Name[0] == 'A' ? "an" : "a")} {core.Name}; ";

    private static Tuning None(string reason) => new() { Reason = reason };
}
