namespace Ferry.Elf.Stubs;

/// <summary>
/// What a link must know of a shared library, and nothing else: its name, its symbols, their versions. No code, no data, and nothing that it
/// wants of others. Written out (<see cref="ToBytes"/>) it is a shared object that a linker takes in place of the library; it cannot be run.
/// </summary>
public sealed record StubLibrary
{
    private const uint AbsoluteSection = 0xfff1;
    private const ulong LargestAlignment = 4096;

    /// <summary>DT_SONAME: what a program that is linked against it needs; null when the library has none.</summary>
    public string? SoName { get; init; }

    /// <summary>The width of addresses.</summary>
    public required ElfClass Class { get; init; }

    /// <summary>The byte order.</summary>
    public ElfByteOrder ByteOrder { get; init; } = ElfByteOrder.LittleEndian;

    /// <summary>The processor.</summary>
    public required ElfMachine Machine { get; init; }

    /// <summary>e_flags; on 32-bit ARM they say how floating-point arguments are passed.</summary>
    public uint Flags { get; init; }

    /// <summary>The versions that it defines, without the base; those of the symbols are among them.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>What it defines.</summary>
    public IReadOnlyList<StubSymbol> Symbols { get; init; } = [];

    /// <summary>All that a link must know of a library.</summary>
    /// <exception cref="ElfFormatException">Its tables are broken.</exception>
    public static StubLibrary Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var versions = file.VersionDefinitions.Where(version => !version.IsBase).Select(version => version.Name).Distinct().ToList();
        return new StubLibrary
        {
            SoName = file.Dynamic?.SoName,
            Class = file.Class,
            ByteOrder = file.ByteOrder,
            Machine = file.Machine,
            Flags = file.Flags,
            Versions = versions,
            Symbols = [.. file.DynamicSymbols.Where(symbol => IsOffered(symbol) && !versions.Contains(symbol.Name)).Select(symbol => SymbolOf(symbol, file))],
        };
    }

    /// <summary>The library as a shared object. The same library gives the same bytes, whatever the order of its symbols.</summary>
    public byte[] ToBytes() => StubFile.Write(this);

    // Old linkers made a symbol of each version, with an absolute value: those have gone before this is asked.
    private static bool IsOffered(ElfSymbol symbol) =>
        symbol.IsDefined && symbol.Name.Length > 0
        && symbol.Binding != ElfSymbolBinding.Local
        && symbol.Visibility is ElfSymbolVisibility.Default or ElfSymbolVisibility.Protected
        && symbol.Type is not (ElfSymbolType.Section or ElfSymbolType.File);

    private static StubSymbol SymbolOf(ElfSymbol symbol, ElfFile file) => new(
        symbol.Name,
        symbol.Version,
        symbol.Version is null || symbol.IsDefaultVersion,
        symbol.Type switch { ElfSymbolType.GnuIndirectFunction => ElfSymbolType.Function, ElfSymbolType.Common => ElfSymbolType.Object, var type => type },
        symbol.Binding,
        symbol.Visibility,
        symbol.Size,
        AlignmentOf(symbol, file.Sections),
        symbol.Value);

    // As lld reads it: no more than the address has, and no more than its section asks for.
    private static ulong AlignmentOf(ElfSymbol symbol, IReadOnlyList<ElfSection> sections)
    {
        var ofAddress = symbol.Value == 0 ? LargestAlignment : 1ul << Math.Min(12, (int)ulong.TrailingZeroCount(symbol.Value));
        var ofSection = symbol.SectionIndex < AbsoluteSection && symbol.SectionIndex < sections.Count ? sections[(int)symbol.SectionIndex].Alignment : ofAddress;
        return Math.Min(ofAddress, ulong.IsPow2(ofSection) ? ofSection : 1);
    }
}
