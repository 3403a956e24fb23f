namespace Ferry.Elf;

/// <summary>The ELF header, with the counts as they stand there (see <see cref="SectionTable"/> for those that did not fit).</summary>
internal readonly record struct ElfHeader(
    ElfClass Class,
    ElfByteOrder ByteOrder,
    ElfOsAbi OsAbi,
    ElfType Type,
    ElfMachine Machine,
    ulong Entry,
    ulong SegmentsOffset,
    ulong SectionsOffset,
    uint Flags,
    ushort SegmentSize,
    ushort SegmentCount,
    ushort SectionSize,
    ushort SectionCount,
    ushort SectionNames)
{
    private const int IdentificationSize = 16;

    /// <summary>The size of the header itself.</summary>
    public int Size => Class == ElfClass.Elf64 ? 64 : 52;

    public ElfBytes Bytes(ReadOnlySpan<byte> file) => new(file, Class, ByteOrder);

    public static ElfHeader Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("\u007fELF"u8))
        {
            throw new ElfFormatException(0, "not an ELF file");
        }

        if (file.Length < IdentificationSize)
        {
            throw new ElfFormatException(file.Length, "the ELF identification is cut short");
        }

        var width = (ElfClass)file[4];
        if (width is not (ElfClass.Elf32 or ElfClass.Elf64))
        {
            throw new ElfFormatException(4, $"class {file[4]} is neither 32 nor 64 bit");
        }

        var order = (ElfByteOrder)file[5];
        if (order is not (ElfByteOrder.LittleEndian or ElfByteOrder.BigEndian))
        {
            throw new ElfFormatException(5, $"data encoding {file[5]} is neither little- nor big-endian");
        }

        var fields = new ElfCursor(new ElfBytes(file, width, order), IdentificationSize, "the ELF header");
        var type = (ElfType)fields.U16();
        var machine = (ElfMachine)fields.U16();
        _ = fields.U32(); // e_version
        var entry = fields.Word();
        var segments = fields.Word();
        var sections = fields.Word();
        var flags = fields.U32();
        _ = fields.U16(); // e_ehsize
        return new ElfHeader(
            width, order, (ElfOsAbi)file[7], type, machine, entry, segments, sections, flags,
            SegmentSize: fields.U16(), SegmentCount: fields.U16(), SectionSize: fields.U16(), SectionCount: fields.U16(), SectionNames: fields.U16());
    }
}
