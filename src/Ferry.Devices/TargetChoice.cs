namespace Ferry.Devices;

/// <summary>The Rust target for a device, and why; or why there is none.</summary>
public sealed record TargetChoice
{
    /// <summary>The oldest glibc that Rust's gnu targets run on (rustc's platform support page).</summary>
    private static readonly Version OldestGlibc = new(2, 17);

    /// <summary>What every program of a gnu target needs: panics unwind with libgcc_s.</summary>
    private static readonly string[] NeededByStd = ["libc.so.6", "libgcc_s.so.1"];

    /// <summary>The triple, or null when Ferry has none for the device.</summary>
    public string? Triple { get; init; }

    /// <summary>A sentence without a full stop, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Set when <see cref="Triple"/> is null: what stands in the way, and what to do.</summary>
    public Finding? Error { get; init; }

    /// <summary>Chooses by what the device's own programs are, not by what its kernel is.</summary>
    public static TargetChoice For(DeviceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var description = TargetReason.Describe(profile);
        if (profile.Userland.Machine is null)
        {
            return None(description, "unknown-architecture", "the device did not tell what its programs are made of",
                "the beginning of /bin/sh could not be read there; that takes od, hexdump or xxd",
                "install one of them on the device, then add it again");
        }

        if (!Targets.All.Any(target => IsOf(target, profile.Userland)))
        {
            return None(description, "no-target", $"ferry has no Rust target for {TargetReason.Machine(profile.Userland)} programs",
                $"{profile.Userland.Source} on the device is such a program",
                "see what there is: ferry targets");
        }

        var core = ArmCore.Of(profile);
        var obstacle = Obstacle(profile, core);
        var target = Suitable(profile, core).FirstOrDefault(target => target.Libc == (obstacle is null ? LibcKind.Glibc : LibcKind.Musl));
        return target is null
            ? None(description, "old-processor", "ferry has no Rust target for this processor", TargetReason.Lack(profile, core), "what each target needs: ferry targets")
            : !target.HasStd ? None(description, "no-std", $"Rust has no ready-made standard library for {target.Triple}",
                $"{profile.Userland.Source} on the device is a {TargetReason.Machine(profile.Userland)} program, and of its targets none is of tier 1 or 2",
                $"with a nightly Rust the library can be compiled along: cargo +nightly build -Z build-std --target {target.Triple}")
            : new TargetChoice
            {
                Triple = target.Triple,
                Reason = description + (obstacle is null ? "" : $"; linked statically, since {obstacle}")
                    + (target.HardFloat == false ? $"; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: {TargetReason.FloatUnit(core.FloatUnit)})" : ""),
            };
    }

    /// <summary>The targets that the processor runs, and of those with glibc the ones with the float ABI of the device's own libraries.</summary>
    private static IEnumerable<Target> Suitable(DeviceProfile profile, ArmCore core)
    {
        var hard = IsHardFloat(profile);
        return Targets.All.Where(target => !target.OnRequest && IsOf(target, profile.Userland) && target.Needs.All(feature => MayHave(profile, feature))
            && (target.ArmVersion is null || (core.Runs(target, hard) && (target.IsStatic || target.HardFloat == hard))));
    }

    private static bool IsOf(Target target, UserlandFacts userland) =>
        (target.Machine, target.Bits, target.BigEndian) == (userland.Machine, userland.Bits, userland.BigEndian == true);

    /// <summary>A device that tells no features at all is believed to have what the targets need: those of all but the oldest processors do.</summary>
    private static bool MayHave(DeviceProfile profile, string feature) =>
        (profile.Userland.Machine == MachineNames.X86 ? profile.Cpu.Features : profile.Aux.Names) is var told && (told.Count == 0 || told.Contains(feature));

    private static bool IsHardFloat(DeviceProfile profile) =>
        profile.Userland.HardFloat ?? (profile.Libc.FindLoader()?.Contains("armhf", StringComparison.Ordinal) == true);

    /// <summary>Why the device's own C library is of no use to Rust's gnu targets; null when it is.</summary>
    private static string? Obstacle(DeviceProfile profile, ArmCore core)
    {
        var loader = profile.Libc.FindLoader();
        return loader is null ? (profile.Libc.Loaders.Count == 0 ? "there is no loader for shared programs" : "which loader is its own is not known")
            : profile.Libc.Kind != LibcKind.Glibc ? $"its C library is {TargetReason.Libc(profile.Libc)}"
            : HasIdleFloatUnit(profile, core) ? $"it has a floating-point unit (VFPv{core.FloatUnit}) and its own libraries are soft-float ones (armel)"
            : Version.TryParse(profile.Libc.Version, out var version) && version < OldestGlibc ? $"Rust needs glibc {OldestGlibc}"
            : NeededByStd.FirstOrDefault(name => !profile.LibraryFolders.Any(folder => folder.Names.Contains(name))) is { } lacking ? $"{lacking} was not found there"
            : null;
    }

    /// <summary>A static program may use what an armel system leaves idle: nothing of it is called from soft-float code.</summary>
    private static bool HasIdleFloatUnit(DeviceProfile profile, ArmCore core) =>
        profile.Userland.Machine == MachineNames.Arm && !IsHardFloat(profile) && Suitable(profile, core).Any(target => target.HardFloat == true);

    private static TargetChoice None(string reason, string id, string message, string cause, string help) => new()
    {
        Reason = reason,
        Error = new Finding { Severity = Severity.Error, Id = id, Message = message, Cause = cause, Help = help },
    };
}
