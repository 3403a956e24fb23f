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
        ArmNeed.HalfPrecision => "VFPv3 with half precision",
        ArmNeed.VfpV4 => "VFPv4",
        ArmNeed.Neon => "NEON",
        _ => "ARMv8",
    };
}
