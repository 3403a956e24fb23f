namespace Ferry.Elf.Instructions;

/// <summary>The executable sections of a file by their mapping symbols. What lies before the first one of its section is of unknown kind.</summary>
internal static class CodeMap
{
    public static IEnumerable<CodeRegion> Of(ElfFile file)
    {
        var marks = MarksBySection(file);
        foreach (var section in ExecutableSections(file))
        {
            if (marks.TryGetValue((uint)section.Index, out var own))
            {
                foreach (var region in Regions(file, section, own))
                {
                    yield return region;
                }
            }
        }
    }

    public static IEnumerable<ElfSection> ExecutableSections(ElfFile file) =>
        file.Sections.Where(section => section.Type == ElfSectionType.ProgramBits && (section.Flags & ElfSectionFlags.Execute) != 0 && section.Size > 0);

    /// <summary>Where an address of a symbol lies in its section: in objects they count from its start.</summary>
    public static long OffsetOf(ElfFile file, ElfSection section, ulong value) =>
        file.Type == ElfType.Relocatable ? (long)value : (long)(value - section.Address);

    private static Dictionary<uint, List<(long At, CodeState State)>> MarksBySection(ElfFile file)
    {
        var marks = new Dictionary<uint, List<(long, CodeState)>>();
        foreach (var symbol in file.Symbols)
        {
            if (StateOf(symbol.Name) is { } state && symbol.SectionIndex < (uint)file.SectionArray.Length)
            {
                if (!marks.TryGetValue(symbol.SectionIndex, out var own))
                {
                    marks.Add(symbol.SectionIndex, own = []);
                }

                own.Add((OffsetOf(file, file.SectionArray[symbol.SectionIndex], symbol.Value), state));
            }
        }

        return marks;
    }

    private static CodeState? StateOf(string name) => name.Length < 2 || name[0] != '$' || (name.Length > 2 && name[2] != '.') ? null : name[1] switch
    {
        'a' => CodeState.Arm,
        't' => CodeState.Thumb,
        'x' => CodeState.A64,
        'd' => CodeState.Data,
        _ => null,
    };

    private static IEnumerable<CodeRegion> Regions(ElfFile file, ElfSection section, List<(long At, CodeState State)> marks)
    {
        var size = file.ContentOf(section).Length;
        var sorted = marks.Where(mark => mark.At >= 0 && mark.At < size).OrderBy(mark => mark.At).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            var end = i + 1 < sorted.Count ? (int)sorted[i + 1].At : size;
            yield return new CodeRegion(section, (int)sorted[i].At, end, sorted[i].State);
        }
    }
}
