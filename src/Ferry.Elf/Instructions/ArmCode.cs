namespace Ferry.Elf.Instructions;

/// <summary>What the machine code of a file for 32-bit ARM needs of a processor, by every instruction of its executable sections.</summary>
public sealed class ArmCode
{
    private readonly HashSet<ulong> starts;

    private ArmCode(long bytes, HashSet<ulong> starts, IReadOnlyList<ElfSection> unmapped, IReadOnlyList<NewerInstruction> newer)
    {
        this.starts = starts;
        Bytes = bytes;
        Unmapped = unmapped;
        Newer = newer;
    }

    /// <summary>How many bytes of instructions were read, literals not counted.</summary>
    public long Bytes { get; }

    /// <summary>
    /// Executable sections of which nothing can be said: they have no mapping symbol, which tell ARM code, Thumb code and data apart. So it is
    /// with programs without a symbol table.
    /// </summary>
    public IReadOnlyList<ElfSection> Unmapped { get; }

    /// <summary>
    /// The instructions that an ARMv6 with VFPv2 (ARM1176: Raspberry Pi 1 and Zero) does not know, by section and offset. Not among them are those that C run-time
    /// libraries keep for newer processors (<see cref="RunTimeChoices"/>).
    /// </summary>
    public IReadOnlyList<NewerInstruction> Newer { get; }

    /// <summary>
    /// Whether a mapping symbol stands at an address. Objects have one at the start of each section of code: where it is missing in a program, the code of an
    /// object was read as if it were of the kind of the one before.
    /// </summary>
    public bool IsMapped(ulong address) => starts.Contains(address);

    /// <summary>Reads the code of <paramref name="file"/>; nothing of another machine's.</summary>
    /// <exception cref="ElfFormatException">A table of the file is broken.</exception>
    public static ArmCode Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Machine != ElfMachine.Arm)
        {
            return new ArmCode(0, [], [], []);
        }

        var scan = new CodeScan(file);
        var mapped = new HashSet<ElfSection>();
        var marked = new HashSet<ulong>();
        foreach (var region in CodeMap.Of(file))
        {
            mapped.Add(region.Section);
            marked.Add(region.Section.Address + (ulong)region.Start);
            scan.Read(region);
        }

        var functions = scan.Found.Count > 0 ? new FunctionMap(file) : null;
        return new ArmCode(
            scan.Bytes,
            marked,
            [.. CodeMap.ExecutableSections(file).Where(section => !mapped.Contains(section))],
            [.. scan.Found.Select(found => new NewerInstruction(found.Section, (ulong)found.Offset, found.Row.Name, found.Row.Need, functions!.At(found.Section, found.Offset)))
                .Where(instruction => !RunTimeChoices.Contain(instruction.Function))]);
    }
}
