namespace Ferry.Elf;

/// <summary>Where in the file the bytes of a virtual address are, by the PT_LOAD segments: what the loader itself sees.</summary>
internal static class AddressMap
{
    /// <summary>The file's bytes from that address to the end of its segment. False if no segment has bytes there.</summary>
    public static bool TryFind(ElfBytes file, ElfSegment[] segments, ulong address, out ElfBytes bytes)
    {
        foreach (var segment in segments)
        {
            if (segment.Type == ElfSegmentType.Load && address >= segment.Address && address - segment.Address < segment.FileSize)
            {
                bytes = file.Part(segment.Offset, segment.FileSize, "a loaded segment").From(address - segment.Address, "an address");
                return true;
            }
        }

        bytes = default;
        return false;
    }

    public static ElfBytes Find(ElfBytes file, ElfSegment[] segments, ulong address, string what) =>
        TryFind(file, segments, address, out var bytes) ? bytes : throw new ElfFormatException(0, $"{what} at address 0x{address:x} is in no loaded segment");
}
