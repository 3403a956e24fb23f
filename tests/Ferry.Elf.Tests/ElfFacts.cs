namespace Ferry.Elf.Tests;

/// <summary>What an <see cref="ElfFile"/> says, in the form and order of <see cref="ReadelfFacts"/>.</summary>
internal static class ElfFacts
{
    private static readonly string[] FpArchNames =
        ["No", "VFPv1", "VFPv2", "VFPv3", "VFPv3-D16", "VFPv4", "VFPv4-D16", "FP for ARMv8", "FPv5/FP-D16 for ARMv8"];

    private static readonly string[] CpuArchNames =
        ["Pre-v4", "v4", "v4T", "v5T", "v5TE", "v5TEJ", "v6", "v6KZ", "v6T2", "v6K", "v7", "v6-M", "v6S-M", "v7E-M", "v8"];

    private static readonly string[] ThumbNames = ["No", "Thumb-1", "Thumb-2", "Yes"];

    public static List<string> Of(ElfFile file) =>
        [.. Header(file), .. Sections(file), .. Segments(file), .. Dynamic(file), .. Symbols(file), .. Versions(file), .. Notes(file), .. Attributes(file)];

    private static IEnumerable<string> Header(ElfFile file) =>
    [
        $"header Class {(file.Class == ElfClass.Elf64 ? "ELF64" : "ELF32")}",
        $"header Data {(file.ByteOrder == ElfByteOrder.LittleEndian ? "little" : "big")}",
        $"header Type {file.Type switch { ElfType.Relocatable => "REL", ElfType.Executable => "EXEC", ElfType.SharedObject => "DYN", _ => "?" }}",
        $"header Entry point address 0x{file.Entry:x}",
        $"header Flags 0x{file.Flags:x}",
    ];

    private static IEnumerable<string> Sections(ElfFile file) => file.Sections.Select(section =>
        $"section {section.Index} {section.Name} {Name(section.Type)} {section.Address:x} {section.Offset:x} {section.Size:x} {section.EntrySize:x} {section.Link} {section.Info} {section.Alignment}");

    private static IEnumerable<string> Segments(ElfFile file)
    {
        foreach (var segment in file.Segments)
        {
            var flags = string.Concat(
                segment.Flags.HasFlag(ElfSegmentFlags.Read) ? "R" : "", segment.Flags.HasFlag(ElfSegmentFlags.Write) ? "W" : "", segment.Flags.HasFlag(ElfSegmentFlags.Execute) ? "E" : "");
            yield return $"segment {Name(segment.Type)} {segment.Offset:x} {segment.Address:x} {segment.PhysicalAddress:x} {segment.FileSize:x} {segment.MemorySize:x} {flags} {segment.Alignment:x}";
            if (segment.Type == ElfSegmentType.Interpreter)
            {
                yield return $"interpreter {file.Interpreter}";
            }
        }
    }

    private static List<string> Dynamic(ElfFile file)
    {
        var needed = 0;
        return [.. (file.Dynamic?.Entries ?? []).Select(entry => $"dynamic {Tag(file, entry):x} {Text(entry)}")];

        string? Text(ElfDynamicEntry entry) => entry.Tag switch
        {
            DynamicTag.Needed => file.Dynamic!.Needed[needed++],
            DynamicTag.SoName => file.Dynamic!.SoName,
            DynamicTag.RPath => file.Dynamic!.RPath,
            DynamicTag.RunPath => file.Dynamic!.RunPath,
            _ => null,
        };
    }

    private static ulong Tag(ElfFile file, ElfDynamicEntry entry) => file.Class == ElfClass.Elf64 ? (ulong)entry.Tag : (uint)entry.Tag;

    private static IEnumerable<string> Symbols(ElfFile file) => file.DynamicSymbols.Select((symbol, i) =>
        $"symbol {i} {symbol.Value:x} {symbol.Size} {Name(symbol.Type)} {Name(symbol.Binding)} {symbol.Visibility.ToString().ToUpperInvariant()} {Place(symbol.SectionIndex)} {Shown(symbol)}");

    // A version also has a symbol of its own name, which readelf shows without the version.
    private static string Shown(ElfSymbol symbol) =>
        symbol.Type == ElfSymbolType.Section ? "" : symbol.Name == symbol.Version ? symbol.Name : symbol.ToString();

    private static IEnumerable<string> Versions(ElfFile file)
    {
        foreach (var definition in file.VersionDefinitions)
        {
            yield return $"definition {definition.Name} {(definition.IsBase ? "base" : "")} {definition.Index}";
            foreach (var parent in definition.Parents)
            {
                yield return $"parent {parent}";
            }
        }

        foreach (var need in file.VersionNeeds)
        {
            yield return $"need {need.File} {need.Versions.Count}";
            foreach (var version in need.Versions)
            {
                yield return $"version {version.Name} {(version.IsWeak ? "weak" : "")} {version.Index}";
            }
        }
    }

    private static IEnumerable<string> Notes(ElfFile file)
    {
        if (file.BuildId is { } id)
        {
            yield return $"build id {id}";
        }

        if (file.AbiTag is { } tag)
        {
            yield return $"abi {tag.Kernel}";
        }
    }

    private static IEnumerable<string> Attributes(ElfFile file)
    {
        if (file.ArmAttributes is not { } arm)
        {
            yield break;
        }

        foreach (var (tag, fact) in new (uint, string)[]
        {
            (5, $"name {arm.CpuName}"),
            (6, $"arch {CpuArchNames.ElementAtOrDefault((int)arm.CpuArch)}"),
            (9, $"thumb {ThumbNames.ElementAtOrDefault((int)arm.ThumbIsaUse)}"),
            (10, $"fp {FpArchNames.ElementAtOrDefault((int)arm.FpArch)}"),
            (28, $"hard {arm.AbiVfpArgs == 1}"),
        })
        {
            if (arm.Has(tag))
            {
                yield return "arm " + fact;
            }
        }
    }

    private static string Name(ElfSegmentType type) => type switch
    {
        ElfSegmentType.Load => "LOAD",
        ElfSegmentType.Dynamic => "DYNAMIC",
        ElfSegmentType.Interpreter => "INTERP",
        ElfSegmentType.Note => "NOTE",
        ElfSegmentType.ProgramHeaders => "PHDR",
        ElfSegmentType.ThreadLocal => "TLS",
        ElfSegmentType.GnuStack => "GNU_STACK",
        ElfSegmentType.GnuRelRo => "GNU_RELRO",
        _ => "other",
    };

    private static string Name(ElfSectionType type) => type switch
    {
        ElfSectionType.Null => "NULL",
        ElfSectionType.ProgramBits => "PROGBITS",
        ElfSectionType.SymbolTable => "SYMTAB",
        ElfSectionType.StringTable => "STRTAB",
        ElfSectionType.NoBits => "NOBITS",
        ElfSectionType.DynamicSymbols => "DYNSYM",
        ElfSectionType.Rela => "RELA",
        ElfSectionType.Rel => "REL",
        _ => "other",
    };

    private static string Name(ElfSymbolType type) => type switch
    {
        ElfSymbolType.None => "NOTYPE",
        ElfSymbolType.Function => "FUNC",
        ElfSymbolType.ThreadLocal => "TLS",
        ElfSymbolType.GnuIndirectFunction => "IFUNC",
        (ElfSymbolType)13 => "REGISTER", // on SPARC
        _ => type.ToString().ToUpperInvariant(),
    };

    private static string Name(ElfSymbolBinding binding) => binding == ElfSymbolBinding.GnuUnique ? "UNIQUE" : binding.ToString().ToUpperInvariant();

    private static string Place(uint section) => section switch
    {
        0 => "UND",
        0xfff1 => "ABS",
        0xfff2 => "COM",
        _ => section.ToString(),
    };
}
