namespace Ferry.Delta;

/// <summary>Two files held side by side: the blocks that the new one is made of.</summary>
internal sealed class Comparison
{
    private readonly Image old;
    private readonly Image fresh;
    private readonly byte[] oldCanonical;
    private readonly byte[] newCanonical;
    private readonly (long Old, long New)[] addresses;
    private readonly (int New, int Old)[] offsets;

    private Comparison(Image old, Image fresh)
    {
        (this.old, this.fresh) = (old, fresh);
        (oldCanonical, newCanonical) = (old.Bytes.ToArray(), fresh.Bytes.ToArray());
        var pairs = Anchor.Pairs(old, fresh);
        addresses = [.. pairs.Select(pair => (pair.Old.Address, pair.New.Address))];
        offsets = [.. pairs.Where(pair => pair.Old.Offset >= 0 && pair.New.Offset >= 0)
            .Select(pair => (New: pair.New.Offset, Old: pair.Old.Offset)).DistinctBy(pair => pair.New).OrderBy(pair => pair.New)];
    }

    /// <summary>The blocks, in the new file's order.</summary>
    public static IReadOnlyList<Block> Of(Image old, Image fresh)
    {
        // First what has its meaning in itself, then the tables, which say where all of that lies.
        var comparison = new Comparison(old, fresh);
        var blocks = new List<Block>();
        for (var stage = 0; stage < Region.Stages; stage++)
        {
            blocks.AddRange(comparison.Stage(stage, blocks));
            blocks = Moves.Mark(blocks, comparison.offsets);
        }

        return [.. blocks.OrderBy(block => block.New)];
    }

    private List<Block> Stage(int stage, List<Block> earlier)
    {
        var oldRegions = old.Regions.Where(region => region.Length > 0 && region.Stage == stage).ToList();
        var newRegions = fresh.Regions.Where(region => region.Length > 0 && region.Stage == stage).ToList();
        var map = AddressMap.Of(Moves.Addresses(old.Regions, fresh.Regions, earlier).Concat(addresses));
        Parallel.Invoke(
            () => Canonical.Rewrite(old, oldCanonical, map, oldRegions),
            () => Canonical.Rewrite(fresh, newCanonical, null, newRegions));
        var search = new BlockSearch(old, oldCanonical, newCanonical, offsets, new(() => new MatchIndex(oldCanonical, oldRegions)));
        return [.. newRegions.SelectMany(search.Find)];
    }
}
