namespace Ferry.Elf.Inspection;

/// <summary>The debug information of a file, as far as its sections show it.</summary>
/// <param name="Size">The bytes of all of its sections in the file.</param>
/// <param name="DwarfVersion">By the first unit; null when there is none, or it is compressed.</param>
/// <param name="HasLines">Whether addresses can be told as lines of sources.</param>
/// <param name="IsCompressed">Whether sections are compressed.</param>
/// <param name="Elsewhere">The file that holds what was stripped from this one (.gnu_debuglink), or null.</param>
public sealed record DebugFacts(ulong Size, int? DwarfVersion, bool HasLines, bool IsCompressed, string? Elsewhere)
{
    /// <summary>Reads section headers, and the first bytes of .debug_info.</summary>
    /// <exception cref="ElfFormatException">A section reaches past the end of the file.</exception>
    public static DebugFacts Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var sections = file.SectionArray.Where(section => section is { HasBytes: true, IsLoaded: false } && IsDebug(section.Name)).ToList();
        return new DebugFacts(
            sections.Aggregate(0ul, (sum, section) => sum + section.Size),
            sections.Find(section => section.Name == ".debug_info" && !IsPacked(section)) is { } info ? Version(SectionTable.Content(file.Bytes, info)) : null,
            sections.Exists(section => section.Name is ".debug_line" or ".zdebug_line"),
            sections.Exists(IsPacked),
            Array.Find(file.SectionArray, section => section.Name == ".gnu_debuglink") is { HasBytes: true } link ? SectionTable.Content(file.Bytes, link).Text(0, "the name of the debug file") : null);
    }

    private static bool IsDebug(string name) => name.StartsWith(".debug_", StringComparison.Ordinal) || name.StartsWith(".zdebug_", StringComparison.Ordinal);

    private static bool IsPacked(ElfSection section) => (section.Flags & ElfSectionFlags.Compressed) != 0 || section.Name.StartsWith(".z", StringComparison.Ordinal);

    // DWARF 5, 7.5.1: a length of 4 bytes, or 0xffffffff and one of 8, then the version.
    private static int? Version(ElfBytes info)
    {
        const string What = "the header of a unit";
        var at = info.Length >= 4 && info.U32(0, What) == uint.MaxValue ? 12ul : 4ul;
        return info.Length >= at + 2 ? info.U16(at, What) : null;
    }
}
