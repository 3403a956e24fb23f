namespace Ferry.Elf.Inspection;

/// <summary>With which page sizes a program or library can be loaded: its segments must lie as far apart as a page is large.</summary>
public static class PageFit
{
    /// <summary>The largest page in bytes, by p_align of the PT_LOAD headers and by their addresses and offsets; null when nothing is loaded.</summary>
    public static ulong? Largest(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ulong? largest = null;
        foreach (var segment in file.Segments.Where(segment => segment.Type == ElfSegmentType.Load && segment.MemorySize > 0))
        {
            // What address and offset agree in is the lowest bit in which they differ.
            var apart = segment.Address - segment.Offset;
            var congruent = apart == 0 ? ulong.MaxValue : apart & (~apart + 1);
            largest = Math.Min(largest ?? ulong.MaxValue, Math.Min(Math.Max(segment.Alignment, 1), congruent));
        }

        return largest;
    }
}
