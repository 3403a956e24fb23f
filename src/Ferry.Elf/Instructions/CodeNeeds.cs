namespace Ferry.Elf.Instructions;

/// <summary>
/// What the machine code of a file for ARM or AArch64 needs of a processor, by every instruction of its executable sections. It reads what the mapping
/// symbols call code. A file without a symbol table says nothing on 32-bit ARM; on AArch64 its unwind table tells functions, in which atomics are looked for, since these
/// are what a program for a newer processor has all over its code, and what nothing but known helpers chooses at run time. Functions of run-time libraries that look at the processor themselves are left out
/// (<see cref="RunTimeChoices"/>).
/// </summary>
public static class CodeNeeds
{
    private const string Atomics = "atomics";

    /// <summary>One for each feature, those first that no look at the processor can keep from being used.</summary>
    /// <exception cref="ElfFormatException">A table of the file is broken.</exception>
    public static IReadOnlyList<CodeNeed> Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Machine is not (ElfMachine.Arm or ElfMachine.AArch64))
        {
            return [];
        }

        var regions = CodeMap.Of(file).ToList();
        var frames = regions.Count == 0 && file.Machine == ElfMachine.AArch64 && file.Symbols.Count == 0 ? FrameMap.Of(file) : [];
        var places = new CodePlaces(() => frames.Count > 0 ? FunctionMap.OfFrames(frames) : new FunctionMap(file));
        var scan = new NeedScan(file, places);
        foreach (var region in regions.Concat(frames))
        {
            scan.Read(region);
        }

        var all = places.All.Where(place => !RunTimeChoices.Contain(place.Function?.Name)
            && (frames.Count == 0 || (place.Feature == Atomics && !OutlineAtomics.Hold(file, place)))).ToList();
        var choices = new ProcessorQuestions(file, all);
        return [.. all.GroupBy(place => place.Feature).Select(own => Need([.. own], choices)).OrderBy(need => need.MayBeChosen).ThenBy(need => need.Feature, StringComparer.Ordinal)];
    }

    private static CodeNeed Need(List<CodePlace> places, ProcessorQuestions choices)
    {
        var firm = places.FindAll(place => !choices.Precede(place));
        var shown = firm.Count > 0 ? firm : places;
        var first = shown.OrderBy(place => place.Section.Index).ThenBy(place => place.Offset).First();
        return new CodeNeed(first.Feature, first.Instruction, first.Function?.Name is { Length: > 0 } name ? name : null, first.Address, shown.Sum(place => place.Count), firm.Count == 0);
    }
}
