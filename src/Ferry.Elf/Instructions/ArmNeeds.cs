namespace Ferry.Elf.Instructions;

/// <summary>The words of people and manuals for <see cref="ArmNeed"/>.</summary>
public static class ArmNeeds
{
    /// <summary>Such as "ARMv7" or "NEON".</summary>
    public static string Name(this ArmNeed need) => need switch
    {
        ArmNeed.None => "ARMv6",
        ArmNeed.ArmV6T2 => "ARMv7 (ARMv6T2)",
        ArmNeed.Thumb2 => "Thumb-2",
        ArmNeed.ArmV7 => "ARMv7",
        ArmNeed.ArmV7MP => "ARMv7 with the multiprocessing extensions",
        ArmNeed.Division => "ARMv7 with division",
        ArmNeed.Virtualization => "ARMv7 with the virtualization extensions",
        ArmNeed.VfpV3 => "VFPv3",
        ArmNeed.VfpD32 => "VFPv3 with 32 registers",
        ArmNeed.HalfPrecision => "VFPv3 with half precision",
        ArmNeed.VfpV4 => "VFPv4",
        ArmNeed.Neon => "NEON",
        ArmNeed.Aes or ArmNeed.Pmull or ArmNeed.Sha1 or ArmNeed.Sha2 => "ARMv8 with cryptographic extensions",
        ArmNeed.Crc32 => "ARMv8 with CRC32",
        _ => "ARMv8",
    };

    /// <summary>
    /// The name that the kernel gives it in AT_HWCAP (arch/arm/include/uapi/asm/hwcap.h), or "v7" and "v8" for the architecture's version; null when neither
    /// tells: half precision, and what only kernels run.
    /// </summary>
    /// <param name="need">What an instruction needs.</param>
    /// <param name="isThumb">Whether it is one of Thumb code: division has a name for each.</param>
    public static string? Feature(this ArmNeed need, bool isThumb) => need switch
    {
        ArmNeed.ArmV6T2 or ArmNeed.Thumb2 or ArmNeed.ArmV7 or ArmNeed.ArmV7MP => "v7",
        ArmNeed.Division => isThumb ? "idivt" : "idiva",
        ArmNeed.VfpV3 => "vfpv3",
        ArmNeed.VfpD32 => "vfpd32",
        ArmNeed.VfpV4 => "vfpv4",
        ArmNeed.Neon => "neon",
        ArmNeed.Aes => "aes",
        ArmNeed.Pmull => "pmull",
        ArmNeed.Sha1 => "sha1",
        ArmNeed.Sha2 => "sha2",
        ArmNeed.Crc32 => "crc32",
        ArmNeed.ArmV8 => "v8",
        _ => null,
    };
}
