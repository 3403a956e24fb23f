namespace Ferry.Elf;

/// <summary>How a file says whether floating-point arguments are passed in VFP registers: by e_flags, else by its attributes.</summary>
internal static class ArmFloatRule
{
    private const uint EabiMask = 0xff000000;
    private const uint Eabi5 = 0x05000000;
    private const uint SoftFlag = 0x200;
    private const uint HardFlag = 0x400;
    private const uint VfpArgumentsTag = 28;

    public static ArmFloatAbi Of(ElfFile file)
    {
        if (file.Machine != ElfMachine.Arm)
        {
            return ArmFloatAbi.Unknown;
        }

        // The bits have this meaning only in version 5 of the EABI.
        return ((file.Flags & EabiMask) == Eabi5 ? file.Flags & (HardFlag | SoftFlag) : 0) switch
        {
            HardFlag => ArmFloatAbi.Hard,
            SoftFlag => ArmFloatAbi.Soft,
            _ => ByAttributes(file),
        };
    }

    private static ArmFloatAbi ByAttributes(ElfFile file)
    {
        // An object without floating-point code often says nothing; in a program that means 0, the base standard.
        if (file.ArmAttributes is not { } attributes || (file.Type == ElfType.Relocatable && !attributes.Has(VfpArgumentsTag)))
        {
            return ArmFloatAbi.Unknown;
        }

        return attributes.AbiVfpArgs switch
        {
            0 => ArmFloatAbi.Soft,
            1 => ArmFloatAbi.Hard,
            _ => ArmFloatAbi.Unknown,
        };
    }
}
