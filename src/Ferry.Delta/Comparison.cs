namespace Ferry.Delta;

/// <summary>Two files held side by side: the blocks that the new one is made of.</summary>
internal static class Comparison
{
    public static IReadOnlyList<Block> Of(Image old, Image fresh)
    {
        var pairs = Pairs(old, fresh);
        var addresses = pairs.Select(pair => (pair.Old.Address, pair.New.Address)).ToList();
        var offsets = pairs.Where(pair => pair.Old.Offset >= 0 && pair.New.Offset >= 0).Select(pair => (pair.New.Offset, pair.Old.Offset)).ToList();

        var blocks = new List<Block>();
        for (var stage = 0; stage <= 2; stage++)
        {
            blocks = Moves.Mark([.. blocks, .. Stage(old, fresh, [.. Moves.Addresses(old.Regions, fresh.Regions, blocks), .. addresses], offsets, region => region.Stage == stage)]);
        }

        return [.. blocks.OrderBy(block => block.New)];
    }

    private static List<(Anchor Old, Anchor New)> Pairs(Image old, Image fresh)
    {
        var starts = Regions.Pairs(old.Regions, fresh.Regions).Select(pair => (Start(pair.Old), Start(pair.New)));
        var named = old.Anchors.Join(fresh.Anchors, one => one.Name, other => other.Name, (one, other) => (one, other));
        return [.. named, .. starts];

        static Anchor Start(Region region) => new("", region.Length == 0 ? -1 : region.Offset, region.Address);
    }

    private static List<Block> Stage(Image old, Image fresh, List<(long, long)> addresses, List<(int New, int Old)> offsets, Func<Region, bool> which)
    {
        var (before, after) = (old.Bytes.ToArray(), fresh.Bytes.ToArray());
        Canonical.Rewrite(old, before, AddressMap.Of(addresses), which);
        Canonical.Rewrite(fresh, after, null, which);
        var search = new BlockSearch(old, before, after, [.. offsets.DistinctBy(pair => pair.New).OrderBy(pair => pair.New)]);
        return [.. fresh.Regions.Where(region => region.Length > 0 && which(region)).SelectMany(search.Find)];
    }
}
