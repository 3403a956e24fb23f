namespace Ferry.Elf;

/// <summary>
/// An ELF file, by the gABI, the GNU extensions and the ARM supplement: programs, shared objects, objects and cores of
/// either width and byte order.
/// <para>
/// Only the header is read at first, and everything else when it is asked for (once; from any thread). The bytes are not
/// copied, so they must not change. Whatever they are, <see cref="Read"/> and every property end in a value or in
/// <see cref="ElfFormatException"/>, within time and memory in proportion to the file.
/// </para>
/// </summary>
public sealed class ElfFile
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly ElfHeader header;
    private readonly Lazy<ElfSegment[]> segments;
    private readonly Lazy<ElfSection[]> sections;
    private readonly Lazy<ElfDynamic?> dynamic;
    private readonly Lazy<List<ElfVersionNeed>> rawNeeds;
    private readonly Lazy<List<ElfVersionNeed>> needs;
    private readonly Lazy<List<ElfVersionDefinition>> definitions;
    private readonly Lazy<ElfSymbol[]> dynamicSymbols;
    private readonly Lazy<ElfSymbol[]> symbols;
    private readonly Lazy<List<ElfNote>> notes;
    private readonly Lazy<ArmAttributes?> armAttributes;

    private ElfFile(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = bytes;
        header = ElfHeader.Read(bytes.Span);
        segments = new(() => SegmentTable.Read(header, Bytes));
        sections = new(() => SectionTable.Read(header, Bytes));
        dynamic = new(() => DynamicSection.Read(this));
        rawNeeds = new(() => DynamicSymbolTable.Needs(this));
        needs = new(NeedsWithSymbols);
        definitions = new(() => DynamicSymbolTable.Definitions(this));
        dynamicSymbols = new(() => DynamicSymbolTable.Read(this, DynamicSymbolTable.Versions(this, rawNeeds.Value)));
        symbols = new(() => FirstSection(ElfSectionType.SymbolTable) is { } section ? ReadSymbols(section, SymbolVersions.None) : []);
        notes = new(() => NoteTable.Read(this, this.bytes));
        armAttributes = new(ReadArmAttributes);
    }

    /// <summary>How many bytes the file has.</summary>
    public int Length => bytes.Length;

    /// <summary>The width of addresses.</summary>
    public ElfClass Class => header.Class;

    /// <summary>The byte order of all numbers.</summary>
    public ElfByteOrder ByteOrder => header.ByteOrder;

    /// <summary>EI_OSABI.</summary>
    public ElfOsAbi OsAbi => header.OsAbi;

    /// <summary>What kind of file it is.</summary>
    public ElfType Type => header.Type;

    /// <summary>The processor.</summary>
    public ElfMachine Machine => header.Machine;

    /// <summary>e_flags: what the bits mean depends on the processor.</summary>
    public uint Flags => header.Flags;

    /// <summary>The address where the program starts, 0 if nowhere.</summary>
    public ulong Entry => header.Entry;

    /// <summary>The program headers, in the file's order.</summary>
    public IReadOnlyList<ElfSegment> Segments => SegmentArray;

    /// <summary>The section headers, the unused first one included; none in a file that has been stripped of them.</summary>
    public IReadOnlyList<ElfSection> Sections => SectionArray;

    /// <summary>The loader's path (PT_INTERP), or null.</summary>
    public string? Interpreter
    {
        get
        {
            foreach (var segment in SegmentArray)
            {
                if (segment.Type == ElfSegmentType.Interpreter)
                {
                    return Bytes.Part(segment.Offset, segment.FileSize, "the interpreter's path").Text(0, "the interpreter's path");
                }
            }

            return null;
        }
    }

    /// <summary>What the file tells the loader; null for static programs (static-pie ones have it), objects and cores.</summary>
    public ElfDynamic? Dynamic => dynamic.Value;

    /// <summary>The symbol versions that it wants, by library, each with the dynamic symbols that want it.</summary>
    public IReadOnlyList<ElfVersionNeed> VersionNeeds => needs.Value;

    /// <summary>The symbol versions that it defines, the base included.</summary>
    public IReadOnlyList<ElfVersionDefinition> VersionDefinitions => definitions.Value;

    /// <summary>.dynsym, with versions; the empty first one included.</summary>
    public IReadOnlyList<ElfSymbol> DynamicSymbols => dynamicSymbols.Value;

    /// <summary>.symtab; the empty first one included. Versions are not part of it.</summary>
    public IReadOnlyList<ElfSymbol> Symbols => symbols.Value;

    /// <summary>All notes.</summary>
    public IReadOnlyList<ElfNote> Notes => notes.Value;

    /// <summary>NT_GNU_BUILD_ID as lower-case hexadecimal digits, or null.</summary>
    public string? BuildId => GnuNote(3) is { } note ? Convert.ToHexStringLower(note.Description.Span) : null;

    /// <summary>NT_GNU_ABI_TAG, or null.</summary>
    public ElfAbiTag? AbiTag
    {
        get
        {
            if (GnuNote(1) is not { } note)
            {
                return null;
            }

            var fields = new ElfCursor(header.Bytes(note.Description.Span), 0, "the ABI tag");
            return new ElfAbiTag(fields.U32(), new Version(Number(fields.U32()), Number(fields.U32()), Number(fields.U32())));

            static int Number(uint part) => (int)(part & int.MaxValue);
        }
    }

    /// <summary>What .ARM.attributes says of the file, or null; other processors do not have it.</summary>
    public ArmAttributes? ArmAttributes => armAttributes.Value;

    /// <summary>How floating-point arguments are passed: by e_flags (programs and shared objects), else by the attributes.</summary>
    public ArmFloatAbi ArmFloatAbi => ArmFloatRule.Of(this);

    internal ElfHeader Header => header;

    internal ElfBytes Bytes => header.Bytes(bytes.Span);

    internal ElfSegment[] SegmentArray => segments.Value;

    internal ElfSection[] SectionArray => sections.Value;

    /// <summary>Reads the header of <paramref name="bytes"/>, the whole file.</summary>
    /// <exception cref="ElfFormatException">They are no ELF file, or end within its header.</exception>
    public static ElfFile Read(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>The bytes of one of <see cref="Sections"/>, not copied; none if it has none in the file.</summary>
    /// <exception cref="ElfFormatException">It reaches past the end of the file.</exception>
    public ReadOnlyMemory<byte> ContentOf(ElfSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var content = SectionTable.Content(Bytes, section);
        return bytes.Slice((int)content.Start, (int)content.Length);
    }

    /// <summary>The bytes of one of <see cref="Segments"/>, not copied.</summary>
    /// <exception cref="ElfFormatException">It reaches past the end of the file.</exception>
    public ReadOnlyMemory<byte> ContentOf(ElfSegment segment)
    {
        var content = Bytes.Part(segment.Offset, segment.FileSize, "a segment");
        return bytes.Slice((int)content.Start, (int)content.Length);
    }

    internal ElfSection? FirstSection(ElfSectionType type) => Array.Find(SectionArray, section => section.Type == type);

    internal ElfSymbol[] ReadSymbols(ElfSection section, SymbolVersions versions)
    {
        var extended = Array.Find(SectionArray, other => other.Type == ElfSectionType.SymbolSectionIndices && other.Link == section.Index);
        return SymbolTable.Read(
            SectionTable.Content(Bytes, section),
            SectionTable.Content(Bytes, SectionTable.At(SectionArray, section.Link)),
            extended is null ? default : SectionTable.Content(Bytes, extended),
            versions);
    }

    private ElfNote? GnuNote(uint type) => notes.Value.Find(note => note.Type == type && note.Name == "GNU");

    private List<ElfVersionNeed> NeedsWithSymbols()
    {
        // A library defines many more symbols with versions than it wants.
        var needed = rawNeeds.Value.SelectMany(need => need.Versions).Select(version => version.Index).ToHashSet();
        var wanting = dynamicSymbols.Value
            .Where(symbol => symbol.Version is not null && needed.Contains(symbol.VersionIndex))
            .GroupBy(symbol => (symbol.VersionIndex, symbol.Version!))
            .ToDictionary(symbols => symbols.Key, symbols => symbols.ToArray());
        return rawNeeds.Value.ConvertAll(need => need with
        {
            Versions = [.. need.Versions.Select(version => version with { Symbols = wanting.GetValueOrDefault((version.Index, version.Name), []) })],
        });
    }

    private ArmAttributes? ReadArmAttributes() =>
        Machine == ElfMachine.Arm && FirstSection(ElfSectionType.ArmAttributes) is { } section
            ? ArmAttributeTable.Read(SectionTable.Content(Bytes, section))
            : null;
}
