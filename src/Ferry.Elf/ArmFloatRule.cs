namespace Ferry.Elf;

/// <summary>How a file says whether floating-point arguments are passed in VFP registers: by e_flags, else by its attributes.</summary>
internal static class ArmFloatRule
{
    private const uint EabiMask = 0xff000000;
    private const uint Eabi5 = 0x05000000;
    private const uint SoftFlag = 0x200;
    private const uint HardFlag = 0x400;
    private const uint NumberModelTag = 23;
    private const uint VfpArgumentsTag = 28;

    public static ArmFloatAbi Of(ElfFile file)
    {
        if (file.Machine != ElfMachine.Arm)
        {
            return ArmFloatAbi.Unknown;
        }

        return ByHeader(file) is var said and not ArmFloatAbi.Unknown ? said : ByAttributes(file);
    }

    /// <summary>By e_flags alone; their bits have this meaning only in version 5 of the EABI, and objects do not set them.</summary>
    public static ArmFloatAbi ByHeader(ElfFile file) => (file.Machine == ElfMachine.Arm && (file.Flags & EabiMask) == Eabi5 ? file.Flags & (HardFlag | SoftFlag) : 0) switch
    {
        HardFlag => ArmFloatAbi.Hard,
        SoftFlag => ArmFloatAbi.Soft,
        _ => ArmFloatAbi.Unknown,
    };

    /// <summary>By the build attributes alone.</summary>
    public static ArmFloatAbi ByAttributes(ElfFile file) =>
        file.ArmAttributes is not { } attributes ? ArmFloatAbi.Unknown
        : file.Type == ElfType.Relocatable ? OfObject(attributes)
        : OfProgram(attributes);

    /// <summary>
    /// As binutils' linkers take it (bfd/elf32-arm.c): an object that uses no floating-point numbers, or passes none, goes with all others. Compilers say
    /// Tag_ABI_VFP_args only where it is not 0.
    /// </summary>
    public static ArmFloatAbi OfObject(ArmAttributes attributes) =>
        attributes.Has(VfpArgumentsTag) || attributes.Number(NumberModelTag) != 0 ? OfProgram(attributes) : ArmFloatAbi.Unknown;

    private static ArmFloatAbi OfProgram(ArmAttributes attributes) => attributes.AbiVfpArgs switch
    {
        0 => ArmFloatAbi.Soft,
        1 => ArmFloatAbi.Hard,
        _ => ArmFloatAbi.Unknown,
    };
}
