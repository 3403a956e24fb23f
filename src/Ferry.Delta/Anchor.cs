using Ferry.Elf;

namespace Ferry.Delta;

/// <summary>A place with a name: where both files have the name, it is the same thing.</summary>
internal readonly record struct Anchor(string Name, int Offset, long Address)
{
    /// <summary>The functions and objects of the symbol table whose names are theirs alone.</summary>
    public static IEnumerable<Anchor> Of(ElfFile elf, IReadOnlyList<Region> regions)
    {
        var loaded = regions.Where(region => region.Address < Region.NotLoaded).OrderBy(region => region.Address).ToArray();
        var starts = Array.ConvertAll(loaded, region => region.Address);
        return elf.Symbols
            .Where(symbol => symbol.IsDefined && symbol.Type is ElfSymbolType.Function or ElfSymbolType.Object && symbol.Name.Length > 0)
            .GroupBy(symbol => Lasting(symbol.Name))
            .Where(same => same.Count() == 1)
            .Select(same => Place(same.Key, (long)same.First().Value & (elf.Machine == ElfMachine.Arm ? ~1L : ~0L)))
            .OfType<Anchor>();

        // LLVM gives local functions that other modules want a number that changes with their module.
        static string Lasting(string name) => name.IndexOf(".llvm.", StringComparison.Ordinal) is var at and >= 0 ? name[..at] : name;

        Anchor? Place(string name, long address)
        {
            var index = Array.BinarySearch(starts, address);
            var region = loaded.ElementAtOrDefault(index >= 0 ? index : ~index - 1);
            return region is null || (region.Length > 0 && address >= region.Address + region.Length) ? null
                : new Anchor(name, region.Length == 0 ? -1 : region.Offset + (int)(address - region.Address), address);
        }
    }

    /// <summary>The places that two files have in common: what has one name in both, and where regions begin that stand for each other.</summary>
    public static List<(Anchor Old, Anchor New)> Pairs(Image old, Image fresh)
    {
        var starts = Regions.Pairs(old.Regions, fresh.Regions).Select(pair => (Start(pair.Old), Start(pair.New)));
        var named = old.Anchors.Join(fresh.Anchors, one => one.Name, other => other.Name, (one, other) => (one, other));
        return [.. named, .. starts];

        static Anchor Start(Region region) => new("", region.Length == 0 ? -1 : region.Offset, region.Address);
    }
}
