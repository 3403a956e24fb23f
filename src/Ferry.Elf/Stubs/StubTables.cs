using System.Text;

namespace Ferry.Elf.Stubs;

/// <summary>The tables of a stub library, byte by byte: gABI chapters 4 and 5, and the LSB's "Symbol Versioning".</summary>
internal sealed class StubTables
{
    private const int BaseVersion = 1;
    private const int HiddenBit = 0x8000;
    private const int DefinitionSize = 20;
    private const int DefinitionNameSize = 8;

    private readonly StubLibrary library;
    private readonly StubStrings strings = new();
    private readonly Dictionary<string, int> versions;

    public StubTables(StubLibrary library)
    {
        this.library = library;
        Symbols = [.. library.Symbols.OrderBy(symbol => symbol.Name, StringComparer.Ordinal).ThenBy(symbol => symbol.Version, StringComparer.Ordinal)];
        versions = library.Versions.Select((name, at) => (name, at)).ToDictionary(version => version.name, version => version.at + BaseVersion + 1);
        SoName = library.SoName is { } name ? strings.At(name) : null;
        Hash = HashTable();
        VersionIndices = Indices();
        VersionDefinitions = versions.Count == 0 ? [] : Definitions();
        foreach (var symbol in Symbols)
        {
            strings.At(symbol.Name);
        }

        Strings = strings.ToArray();
    }

    public IReadOnlyList<StubSymbol> Symbols { get; }

    /// <summary>Where the library's name stands among the strings.</summary>
    public uint? SoName { get; }

    public byte[] Hash { get; }

    public byte[] VersionIndices { get; }

    public byte[] VersionDefinitions { get; }

    public uint VersionDefinitionCount => versions.Count == 0 ? 0 : (uint)versions.Count + 1;

    public byte[] Strings { get; }

    /// <summary>The symbol table, once it is known where each symbol lies.</summary>
    public byte[] SymbolTable(Func<StubSymbol, (int Section, ulong Value)> placeOf)
    {
        var table = Buffer();
        table.Bytes(new byte[table.Wide ? 24 : 16]);
        foreach (var symbol in Symbols)
        {
            var (section, value) = placeOf(symbol);
            var info = (byte)(((int)symbol.Binding << 4) | (int)symbol.Type);
            _ = table.Wide
                ? table.U32(strings.At(symbol.Name)).U8(info).U8((byte)symbol.Visibility).U16(section).Word(value).Word(symbol.Size)
                : table.U32(strings.At(symbol.Name)).Word(value).Word(symbol.Size).U8(info).U8((byte)symbol.Visibility).U16(section);
        }

        return table.ToArray();
    }

    public StubBuffer Buffer() => new(library.Class == ElfClass.Elf64, library.ByteOrder == ElfByteOrder.BigEndian);

    // One bucket with all symbols: nobody looks a symbol up in it, but the length of the table stands there for files without sections.
    private byte[] HashTable()
    {
        var count = Symbols.Count + 1;
        var table = Buffer().U32(1).U32((uint)count).U32(count > 1 ? 1u : 0).U32(0);
        for (var symbol = 1; symbol < count; symbol++)
        {
            table.U32(symbol + 1 < count ? (uint)symbol + 1 : 0);
        }

        return table.ToArray();
    }

    private byte[] Indices()
    {
        var table = Buffer().U16(0);
        foreach (var symbol in Symbols)
        {
            table.U16(symbol.Version is { } version ? versions[version] | (symbol.IsDefault ? 0 : HiddenBit) : BaseVersion);
        }

        return table.ToArray();
    }

    private byte[] Definitions()
    {
        var table = Buffer();
        Define(table, library.SoName ?? "", BaseVersion, isBase: true, isLast: false);
        foreach (var (name, index) in versions)
        {
            Define(table, name, index, isBase: false, isLast: index == versions.Count + BaseVersion);
        }

        return table.ToArray();
    }

    private void Define(StubBuffer table, string name, int index, bool isBase, bool isLast) => table
        .U16(1).U16(isBase ? 1 : 0).U16(index).U16(1).U32(SysVHash(name)).U32(DefinitionSize).U32(isLast ? 0u : DefinitionSize + DefinitionNameSize)
        .U32(strings.At(name)).U32(0);

    /// <summary>gABI chapter 5, "Hash Table".</summary>
    internal static uint SysVHash(string name)
    {
        uint hash = 0;
        foreach (var letter in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
