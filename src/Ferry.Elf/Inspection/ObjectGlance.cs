namespace Ferry.Elf.Inspection;

/// <summary>An object as a linker's guard sees it: the header and the ARM build attributes, found without reading names or symbols.</summary>
/// <param name="Class">The width of addresses.</param>
/// <param name="ByteOrder">The byte order.</param>
/// <param name="Machine">The processor.</param>
/// <param name="Arm">The build attributes, or null.</param>
public sealed record ObjectGlance(ElfClass Class, ElfByteOrder ByteOrder, ElfMachine Machine, ArmAttributes? Arm)
{
    /// <summary>How it passes floating-point numbers; unknown when it passes none.</summary>
    public ArmFloatAbi FloatAbi => Arm is null ? ArmFloatAbi.Unknown : ArmFloatRule.OfObject(Arm);

    /// <summary>Null for what is no relocatable object.</summary>
    /// <exception cref="ElfFormatException">It begins as an ELF file and is broken.</exception>
    public static ObjectGlance? Of(ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.Span.StartsWith("\u007fELF"u8) || ElfHeader.Read(bytes.Span) is not { Type: ElfType.Relocatable } header)
        {
            return null;
        }

        return new ObjectGlance(header.Class, header.ByteOrder, header.Machine, header.Machine == ElfMachine.Arm ? Attributes(header, header.Bytes(bytes.Span)) : null);
    }

    private static ArmAttributes? Attributes(in ElfHeader header, ElfBytes file)
    {
        const string What = "the section header table";
        if (header.SectionsOffset == 0)
        {
            return null;
        }

        var size = SectionTable.EntrySize(header, file);
        var first = file.Part(header.SectionsOffset, size, What);
        var count = header.SectionCount != 0 ? header.SectionCount : first.Word(file.Wide ? 32u : 20u, What);
        var table = file.Table(header.SectionsOffset, count, size, What);
        // Compilers write the attributes behind the code.
        for (var i = count; i-- > 0;)
        {
            var section = table.Part(i * size, size, What);
            if (section.U32(4, What) == (uint)ElfSectionType.ArmAttributes)
            {
                return ArmAttributeTable.Read(file.Part(section.Word(file.Wide ? 24u : 16u, What), section.Word(file.Wide ? 32u : 20u, What), "the ARM attributes"));
            }
        }

        return null;
    }
}
