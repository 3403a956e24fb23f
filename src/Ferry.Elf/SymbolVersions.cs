namespace Ferry.Elf;

/// <summary>The version of each dynamic symbol: .gnu.version, resolved by the needs and the definitions.</summary>
internal sealed class SymbolVersions(ushort[] indices, Dictionary<ushort, SymbolVersion> names)
{
    private const ushort HiddenBit = 0x8000;

    public static SymbolVersions None { get; } = new([], []);

    public SymbolVersion Of(int symbol)
    {
        if (symbol >= indices.Length)
        {
            return default;
        }

        var index = (ushort)(indices[symbol] & ~HiddenBit);
        var hidden = (indices[symbol] & HiddenBit) != 0;
        return names.TryGetValue(index, out var version) ? version with { IsHidden = hidden } : new SymbolVersion(index, null, hidden, false);
    }

    public static SymbolVersions Read(ElfBytes table, IEnumerable<ElfVersionNeed> needs, IEnumerable<ElfVersionDefinition> definitions)
    {
        var indices = new ushort[table.Length / 2];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = table.U16((ulong)i * 2, "the versions of the symbols");
        }

        var names = new Dictionary<ushort, SymbolVersion>();
        foreach (var version in needs.SelectMany(need => need.Versions))
        {
            names.TryAdd((ushort)(version.Index & ~HiddenBit), new SymbolVersion(version.Index, version.Name, false, IsDefinedHere: false));
        }

        // Indices 0 (local) and 1 (global, and the base definition) stand for no version.
        foreach (var version in definitions.Where(definition => !definition.IsBase))
        {
            names.TryAdd(version.Index, new SymbolVersion(version.Index, version.Name, false, IsDefinedHere: true));
        }

        names.Remove(0);
        names.Remove(1);
        return new SymbolVersions(indices, names);
    }
}
