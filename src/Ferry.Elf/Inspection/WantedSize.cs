namespace Ferry.Elf.Inspection;

/// <summary>How long a file must be to hold what its headers promise: one that was cut short is shorter.</summary>
public static class WantedSize
{
    /// <summary>In bytes; null when the tables of headers are damaged.</summary>
    public static ulong? Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var header = file.Header;
        var tables = Math.Max(
            End(header.SectionsOffset, (ulong)header.SectionCount * header.SectionSize),
            End(header.SegmentsOffset, (ulong)header.SegmentCount * header.SegmentSize));
        if (tables > file.Bytes.Length)
        {
            return tables;
        }

        try
        {
            return file.SectionArray.Where(section => section.HasBytes).Select(section => End(section.Offset, section.Size))
                .Concat(file.SegmentArray.Select(segment => End(segment.Offset, segment.FileSize)))
                .Append(tables).Max();
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }

    private static ulong End(ulong offset, ulong size) => size > ulong.MaxValue - offset ? ulong.MaxValue : offset + size;
}
