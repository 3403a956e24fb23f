namespace Ferry.Elf.Inspection;

/// <summary>
/// How a file for 32-bit ARM passes floating-point numbers, by its two witnesses. They are written by different hands: linkers set e_flags, and keep
/// the attributes of the first object.
/// </summary>
/// <param name="Header">By e_flags; objects do not say it there.</param>
/// <param name="Attributes">By Tag_ABI_VFP_args.</param>
public sealed record FloatClaims(ArmFloatAbi Header, ArmFloatAbi Attributes)
{
    /// <summary>Whether both speak and one says the opposite of the other.</summary>
    public bool Disagree => Header != ArmFloatAbi.Unknown && Attributes != ArmFloatAbi.Unknown && Header != Attributes;

    /// <summary>Null for files of other processors.</summary>
    /// <exception cref="ElfFormatException">The attributes are broken.</exception>
    public static FloatClaims? Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Machine == ElfMachine.Arm ? new FloatClaims(ArmFloatRule.ByHeader(file), ArmFloatRule.ByAttributes(file)) : null;
    }
}
