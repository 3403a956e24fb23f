namespace Ferry.Elf;

/// <summary>Which sections stay, with which number and where. Numbers of loaded sections never change: .dynsym holds them, and it is loaded itself.</summary>
internal sealed class StripPlan
{
    /// <summary>The new number of a section that goes.</summary>
    public const int Gone = -1;

    private const ulong LargestAlignment = 4096;
    // Linkers may pad the end of a file; more is somebody's payload.
    private const ulong LargestPadding = 16;

    private static readonly string[] DebugNames = [".debug", ".zdebug", ".gdb_index", ".stab", ".gnu.debuglto_", ".gnu.linkonce.wi."];
    private static readonly string[] RelocationPrefixes = [".rela", ".rel"];

    private StripPlan(ElfSection[] sections) => Sections = sections;

    public ElfSection[] Sections { get; }

    /// <summary>By old number: the new number, or <see cref="Gone"/>.</summary>
    public int[] Number { get; private set; } = [];

    /// <summary>By old number: whether only an empty header stays, to keep the numbers of loaded sections behind it.</summary>
    public bool[] Emptied { get; private set; } = [];

    /// <summary>By old number: where the section's bytes are in the new file.</summary>
    public ulong[] Offset { get; private set; } = [];

    /// <summary>So many bytes from the start of the file stay as they are.</summary>
    public ulong UntouchedSize { get; private set; }

    public ulong HeadersOffset { get; private set; }

    public int Count { get; private set; }

    public ulong FileSize { get; private set; }

    public static StripPlan? Make(in ElfHeader header, ElfBytes file)
    {
        // A count or an index that did not fit into the header would have to move between there and section 0.
        if (header.SectionCount == 0 || header.SectionNames == SectionTable.ExtendedIndex || header.SegmentCount == SegmentTable.ExtendedCount)
        {
            return null;
        }

        var plan = new StripPlan(SectionTable.Read(header, file));
        if (!Array.Exists(plan.Sections, IsDebug) || Array.Exists(plan.Sections, section => section.Type == ElfSectionType.Group))
        {
            return null;
        }

        plan.GiveNumbers();
        return plan.Number[header.SectionNames] != Gone && plan.Place(header, file) ? plan : null;
    }

    /// <summary>Whether the section stays and its bytes lie behind those that stay as they are.</summary>
    public bool Moves(ElfSection section) =>
        section.HasBytes && Number[section.Index] != Gone && !Emptied[section.Index] && section.Offset + section.Size > UntouchedSize;

    private static bool IsDebug(ElfSection section)
    {
        if (section.IsLoaded || section.Type == ElfSectionType.Null)
        {
            return false;
        }

        var name = section.Name.AsSpan();
        foreach (var prefix in RelocationPrefixes)
        {
            if (name.StartsWith(prefix + "."))
            {
                name = name[prefix.Length..];
                break;
            }
        }

        foreach (var debug in DebugNames)
        {
            if (name.StartsWith(debug))
            {
                return true;
            }
        }

        return false;
    }

    private void GiveNumbers()
    {
        var lastLoaded = Array.FindLastIndex(Sections, section => section.IsLoaded);
        Number = new int[Sections.Length];
        Emptied = new bool[Sections.Length];
        foreach (var section in Sections)
        {
            var debug = IsDebug(section);
            Emptied[section.Index] = debug && section.Index < lastLoaded;
            Number[section.Index] = debug && !Emptied[section.Index] ? Gone : Count++;
        }
    }

    /// <summary>False if the new file would not be a smaller form of the old one.</summary>
    private bool Place(in ElfHeader header, ElfBytes file)
    {
        var described = FindUntouched(header, file);
        Offset = new ulong[Sections.Length];
        var end = UntouchedSize;
        foreach (var section in Sections.OrderBy(section => section.Offset))
        {
            Offset[section.Index] = section.Offset;
            if (section.HasBytes)
            {
                described = Math.Max(described, section.Offset + section.Size);
            }

            if (!Moves(section))
            {
                continue;
            }

            var alignment = Math.Max(section.Alignment, 1);
            if (alignment > LargestAlignment || !ulong.IsPow2(alignment))
            {
                return false;
            }

            Offset[section.Index] = Aligned(end, alignment);
            end = Offset[section.Index] + section.Size;
            if (end > file.Length)
            {
                return false;
            }
        }

        HeadersOffset = Aligned(end, file.WordSize);
        FileSize = HeadersOffset + ((ulong)Count * SectionTable.EntrySize(header, file));
        return FileSize <= file.Length && file.Length - described <= LargestPadding;
    }

    /// <summary>Finds what must stay in place; returns the end of all that the ELF header and the segments describe.</summary>
    private ulong FindUntouched(in ElfHeader header, ElfBytes file)
    {
        var end = Math.Max((ulong)header.Size, header.SegmentsOffset + ((ulong)header.SegmentSize * header.SegmentCount));
        foreach (var segment in SegmentTable.Read(header, file))
        {
            if (segment.FileSize != 0)
            {
                end = Math.Max(end, EndOf(file.Part(segment.Offset, segment.FileSize, "a segment")));
            }
        }

        foreach (var section in Sections.Where(section => section.HasBytes))
        {
            var bytes = SectionTable.Content(file, section);
            end = section.IsLoaded ? Math.Max(end, EndOf(bytes)) : end;
        }

        UntouchedSize = end;
        // A section that lies partly within must stay whole.
        foreach (var section in Sections.Where(section => section.HasBytes && Number[section.Index] != Gone).OrderBy(section => section.Offset))
        {
            UntouchedSize = section.Offset < UntouchedSize ? Math.Max(UntouchedSize, section.Offset + section.Size) : UntouchedSize;
        }

        return Math.Max(UntouchedSize, header.SectionsOffset + ((ulong)header.SectionCount * header.SectionSize));
    }

    private static ulong EndOf(ElfBytes part) => (ulong)part.Start + part.Length;

    private static ulong Aligned(ulong offset, ulong alignment) => (offset + alignment - 1) & ~(alignment - 1);
}
