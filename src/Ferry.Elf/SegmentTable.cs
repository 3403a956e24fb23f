namespace Ferry.Elf;

/// <summary>Reads the program headers (gABI chapter 5).</summary>
internal static class SegmentTable
{
    private const ushort ExtendedCount = 0xffff;
    private const string What = "the program header table";

    public static ElfSegment[] Read(in ElfHeader header, ElfBytes file)
    {
        if (header.SegmentsOffset == 0 || header.SegmentCount == 0)
        {
            return [];
        }

        var native = file.Wide ? 56u : 32u;
        if (header.SegmentSize != native)
        {
            throw new ElfFormatException(header.Size - 10, $"program headers of {header.SegmentSize} bytes, {native} were expected");
        }

        var table = file.Table(header.SegmentsOffset, Count(header, file), native, What);
        var segments = new ElfSegment[table.Length / native];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = ReadOne(table, (ulong)i * native);
        }

        return segments;
    }

    /// <summary>PN_XNUM: a count that did not fit, as in large cores, is in sh_info of section 0.</summary>
    private static ulong Count(in ElfHeader header, ElfBytes file)
    {
        if (header.SegmentCount != ExtendedCount || header.SectionsOffset == 0)
        {
            return header.SegmentCount;
        }

        var first = file.Table(header.SectionsOffset, 1, SectionTable.EntrySize(header, file), "section header 0");
        return first.U32(file.Wide ? 44u : 28u, "section header 0");
    }

    private static ElfSegment ReadOne(ElfBytes table, ulong at)
    {
        var fields = new ElfCursor(table, at, What);
        var type = (ElfSegmentType)fields.U32();
        // The flags stand elsewhere in the wide form, to keep the addresses aligned.
        var flags = table.Wide ? fields.U32() : 0;
        var offset = fields.Word();
        var address = fields.Word();
        var physical = fields.Word();
        var fileSize = fields.Word();
        var memorySize = fields.Word();
        flags = table.Wide ? flags : fields.U32();
        return new ElfSegment(type, (ElfSegmentFlags)flags, offset, address, physical, fileSize, memorySize, Alignment: fields.Word());
    }
}
