using System.Buffers.Binary;

namespace Ferry.Elf.Instructions;

/// <summary>
/// The functions of a program without a symbol table, by its unwind table (.eh_frame_hdr: Linux Standard Base Core, 10.6.2), which is never stripped. Little-endian, in
/// the encodings that linkers write.
/// </summary>
internal static class FrameMap
{
    private const int HeaderSize = 12;
    private const int EntrySize = 8;

    // Version 1; the pointer relative to itself, the count as it is, the table relative to the header: all of four bytes (DW_EH_PE_…).
    private static readonly byte[] Encodings = [1, 0x1b, 0x03, 0x3b];

    /// <summary>In the order of the table; what does not fit together is left out.</summary>
    public static List<CodeRegion> Of(ElfFile file)
    {
        var header = file.SegmentArray.FirstOrDefault(segment => segment.Type == ElfSegmentType.GnuEhFrame);
        if (header.FileSize < HeaderSize || file.ByteOrder != ElfByteOrder.LittleEndian)
        {
            return [];
        }

        var table = file.ContentOf(header).Span;
        if (!table.StartsWith(Encodings))
        {
            return [];
        }

        var sections = CodeMap.ExecutableSections(file).OrderBy(section => section.Address).ToArray();
        var starts = Array.ConvertAll(sections, section => section.Address);
        var frames = FramesBehind(file, header.Address);
        var regions = new List<CodeRegion>();
        var count = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(table[8..]), (uint)(table.Length - HeaderSize) / EntrySize);
        for (var i = 0; i < count; i++)
        {
            var entry = table[(HeaderSize + (i * EntrySize))..];
            var start = header.Address + (ulong)BinaryPrimitives.ReadInt32LittleEndian(entry);
            var found = Array.BinarySearch(starts, start);
            found = found >= 0 ? found : ~found - 1;
            if (found >= 0 && LengthAt(file, frames, header.Address + (ulong)BinaryPrimitives.ReadInt32LittleEndian(entry[4..]), start) is { } length
                && sections[found] is var section && start - section.Address is var at && at < section.Size && length <= section.Size - at
                && (regions is not [.., var last] || last.Section != section || (ulong)last.End <= at))
            {
                regions.Add(new CodeRegion(section, (int)at, (int)(at + length), CodeState.A64));
            }
        }

        return regions;
    }

    // The header and the frames that it sorts are in one segment.
    private static ElfSegment FramesBehind(ElfFile file, ulong header) => file.SegmentArray.FirstOrDefault(segment =>
        segment.Type == ElfSegmentType.Load && header >= segment.Address && header - segment.Address < segment.FileSize);

    // A frame's description: length, distance to its CIE, start (relative to itself) and length of the function.
    private static ulong? LengthAt(ElfFile file, ElfSegment frames, ulong frame, ulong start)
    {
        if (frame < frames.Address || frame - frames.Address >= frames.FileSize)
        {
            return null;
        }

        var content = file.ContentOf(frames).Span[(int)(frame - frames.Address)..];
        return content.Length >= 16 && frame + 8 + (ulong)BinaryPrimitives.ReadInt32LittleEndian(content[8..]) == start
            ? BinaryPrimitives.ReadUInt32LittleEndian(content[12..]) : null;
    }
}
