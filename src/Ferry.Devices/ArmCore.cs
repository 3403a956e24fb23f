namespace Ferry.Devices;

/// <summary>What a 32-bit ARM program may use on a device.</summary>
/// <param name="Version">The architecture: 5, 6, 7, 8; null when the device did not tell.</param>
/// <param name="FloatUnit">0 none, 2 VFPv2, 3 VFPv3 or later; null when the device did not tell.</param>
internal readonly record struct ArmCore(int? Version, int? FloatUnit)
{
    // Bits of AT_HWCAP on 32-bit ARM (asm/hwcap.h).
    private const ulong Vfp = 1 << 6;
    private const ulong Vfpv3 = 1 << 13;
    private const ulong Vfpv3D16 = 1 << 14;
    private const ulong Vfpv4 = 1 << 16;

    public static ArmCore Of(DeviceProfile profile)
    {
        var version = Find(profile);
        return new ArmCore(version, version >= 8 ? 3 : FloatUnitOf(profile));
    }

    /// <summary>
    /// Whether programs for a target run; what is not known counts as the least. That is an ARMv6 with VFPv2 where the device's own programs
    /// are hard-float ones, and an ARMv5 without a floating-point unit elsewhere.
    /// </summary>
    public bool Runs(Target target, bool ownProgramsAreHardFloat)
    {
        var (version, unit) = ownProgramsAreHardFloat ? (Version ?? 6, FloatUnit ?? 2) : (Version ?? 5, FloatUnit ?? 0);
        return version >= target.ArmVersion && (target.HardFloat != true || unit >= (target.ArmVersion >= 7 ? 3 : 2));
    }

    // AT_PLATFORM comes first: /proc/cpuinfo of a Pi Zero says 7, and uname of a 64-bit kernel speaks of itself.
    private static int? Find(DeviceProfile profile) =>
        Digit(profile.Aux.Platform, "v") ?? (profile.Kernel.Machine is "aarch64" or "arm64" ? 8 : Digit(profile.Kernel.Machine, "armv"));

    private static int? Digit(string? text, string prefix) =>
        text is not null && text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && char.IsAsciiDigit(text[prefix.Length])
            ? text[prefix.Length] - '0' : null;

    private static int? FloatUnitOf(DeviceProfile profile)
    {
        // On a 64-bit kernel, the vector of a 64-bit tool and cpuinfo's words mean other things; those never get here.
        if (profile.Aux is { EntryBits: 32, Hwcap: { } bits })
        {
            return (bits & (Vfpv3 | Vfpv3D16 | Vfpv4)) != 0 ? 3 : (bits & Vfp) != 0 ? 2 : 0;
        }

        var words = profile.Cpu.Features;
        return words.Count == 0 ? null
            : words.Any(word => word.StartsWith("vfpv3", StringComparison.Ordinal) || word == "vfpv4") ? 3
            : words.Contains("vfp") ? 2 : 0;
    }
}
