using System.Globalization;
using Ferry.Devices;
using Ferry.Doors;
using Ferry.Elf;
using Ferry.Elf.Inspection;
using Ferry.Elf.Instructions;

namespace Ferry.Commands.Inspecting;

/// <summary>Asks an ELF file for all that a report holds.</summary>
internal static class ElfReports
{
    private const ulong ArmV7 = 10; // Tag_CPU_arch

    /// <exception cref="ElfFormatException">A table is broken.</exception>
    public static ElfReport Of(ElfFile file, FileNature nature, CoreFacts? core)
    {
        var debug = DebugFacts.Of(file);
        var code = CodeSizes.Of(file);
        var isLinked = nature.Kind is FileKind.Program or FileKind.SharedLibrary;
        return new ElfReport
        {
            Machine = MachineNames.Of(file.Machine),
            Bits = file.Class == ElfClass.Elf64 ? 64 : 32,
            BigEndian = file.ByteOrder == ElfByteOrder.BigEndian,
            Flags = Hex(file.Flags),
            Entry = file.Entry == 0 ? null : Hex(file.Entry),
            FloatAbi = FloatClaims.Of(file) is { } claims ? new FloatReport(Word(claims.Header), Word(claims.Attributes), claims.Disagree) : null,
            Linkage = nature.Linkage switch { Linkage.Static => "static", Linkage.StaticPie => "static-pie", Linkage.Dynamic => "dynamic", Linkage.DynamicPie => "dynamic-pie", _ => null },
            Loader = isLinked ? file.Interpreter : null,
            SoName = isLinked ? file.Dynamic?.SoName : null,
            Needed = isLinked ? file.Dynamic?.Needed ?? [] : [],
            RunPath = isLinked ? file.Dynamic?.RunPath : null,
            RPath = isLinked ? file.Dynamic?.RPath : null,
            Versions = isLinked ? Versions(file) : [],
            OldestKernel = isLinked && file.AbiTag is { Os: 0 } tag ? tag.Kernel.ToString() : null,
            Protection = isLinked ? Protected(Protection.Of(file)) : null,
            Segments = [.. file.Segments.Select(Segment)],
            LargestPage = isLinked ? PageFit.Largest(file) : null,
            BuildId = file.BuildId,
            Debug = new DebugReport(debug.Size, debug.DwarfVersion, debug.HasLines, debug.IsCompressed, debug.Elsewhere),
            Symbols = Math.Max(0, file.Symbols.Count - 1),
            Attributes = [.. (file.ArmAttributes?.All ?? []).Select(attribute => new AttributeReport(attribute.Tag, ArmAttributeWords.Name(attribute), ArmAttributeWords.Value(attribute)))],
            NewerCode = isLinked ? NewerCode(file) : null,
            CodeNeeds = isLinked ? [.. CodeNeeds.Of(file).Select(Need)] : [],
            Notes = core is null ? [.. file.Notes.Select(note => new NoteReport(note.Name, note.Type, note.Description.Length))] : [],
            Sections = [.. file.Sections.Where(section => section.Index > 0).Select(section => new SectionReport(section.Name, section.Size, section.HasBytes, section.IsLoaded))],
            Crates = code.Crates,
            Functions = code.Functions,
            CodeWithoutSymbols = code.WithoutSymbols,
            Core = core is null ? null : Death(core),
        };
    }

    private static List<VersionReport> Versions(ElfFile file) =>
    [
        .. file.VersionNeeds.SelectMany(need => need.Versions.OrderByDescending(version => version.Name, NaturalOrder.Instance)
            .Select(version => new VersionReport(need.File, version.Name, version.IsWeak, [.. version.Symbols.Select(symbol => symbol.Name)]))),
    ];

    private static ProtectionReport Protected(Protection protection) =>
        new(protection.ExecutableStack, protection.Relro switch { Relro.Full => "full", Relro.Partial => "partial", _ => "none" }, protection.HasWritableCode);

    private static SegmentReport Segment(ElfSegment segment) => new(
        SegmentName(segment.Type),
        string.Concat((segment.Flags & ElfSegmentFlags.Read) != 0 ? "r" : "", (segment.Flags & ElfSegmentFlags.Write) != 0 ? "w" : "", (segment.Flags & ElfSegmentFlags.Execute) != 0 ? "x" : ""),
        Hex(segment.Address), segment.Offset, segment.FileSize, segment.MemorySize, segment.Alignment);

    private static string SegmentName(ElfSegmentType type) => type switch
    {
        ElfSegmentType.Load => "LOAD",
        ElfSegmentType.Dynamic => "DYNAMIC",
        ElfSegmentType.Interpreter => "INTERP",
        ElfSegmentType.Note => "NOTE",
        ElfSegmentType.ProgramHeaders => "PHDR",
        ElfSegmentType.ThreadLocal => "TLS",
        ElfSegmentType.GnuEhFrame => "GNU_EH_FRAME",
        ElfSegmentType.GnuStack => "GNU_STACK",
        ElfSegmentType.GnuRelRo => "GNU_RELRO",
        ElfSegmentType.GnuProperty => "GNU_PROPERTY",
        ElfSegmentType.ArmExceptionIndex => "EXIDX",
        _ => Hex((uint)type),
    };

    // lld keeps the attributes of the first object: code tells more than they do.
    private static string? NewerCode(ElfFile file)
    {
        if (file.ArmAttributes is not { CpuArch: < ArmV7 } || ArmCode.Of(file).Newer is not [var first, ..] newer)
        {
            return null;
        }

        var place = first.Function is { } function ? " in " + Ferry.Linking.RustSymbol.Readable(function) : "";
        return $"{first.Name} ({first.Need.Name()}){place}{(newer.Count > 1 ? $", and {newer.Count - 1} more" : "")}";
    }

    private static NeedReport Need(CodeNeed need) =>
        new(need.Feature, need.Instruction, need.Function is { } function ? Ferry.Linking.RustSymbol.Readable(function) : null, Hex(need.Address), need.Count, need.MayBeChosen);

    private static CoreReport Death(CoreFacts core) => new()
    {
        Name = core.Name,
        Arguments = core.Arguments,
        Path = core.Path,
        Process = core.Process,
        Signal = core.Signal,
        SignalName = core.Signal is { } signal and > 0 ? SignalNames.Of(signal) : null,
        SignalCode = core.SignalCode,
        FaultAddress = core.FaultAddress is { } address ? Hex(address) : null,
        Threads = core.Threads,
    };

    private static string? Word(ArmFloatAbi abi) => abi switch { ArmFloatAbi.Hard => "hard", ArmFloatAbi.Soft => "soft", _ => null };

    private static string Hex(ulong number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");
}
