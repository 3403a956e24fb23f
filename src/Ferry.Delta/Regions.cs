namespace Ferry.Delta;

/// <summary>What can be asked of a file's regions.</summary>
internal static class Regions
{
    /// <summary>The region that holds an offset; regions cover the file without gaps, in its order.</summary>
    public static Region At(IReadOnlyList<Region> regions, int offset)
    {
        var (low, high) = (0, regions.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            (low, high) = regions[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        while (regions[low].Length == 0 && low > 0)
        {
            low--;
        }

        return regions[low];
    }

    /// <summary>Whether a piece lies within one of them.</summary>
    public static bool HoldOne(IReadOnlyList<Region> regions, long at, long length) =>
        at >= 0 && length > 0 && at <= int.MaxValue && length <= int.MaxValue && regions.Count > 0
        && At(regions, (int)at) is var region && at >= region.Offset && at + length <= region.End;

    /// <summary>Regions of both files that stand for each other: the first of its kind for the first, and so on.</summary>
    public static IEnumerable<(Region Old, Region New)> Pairs(IReadOnlyList<Region> old, IReadOnlyList<Region> fresh) =>
        Numbered(old).Join(Numbered(fresh), one => one.Key, other => other.Key, (one, other) => (one.Region, other.Region));

    private static IEnumerable<((RegionKind, bool, int) Key, Region Region)> Numbered(IReadOnlyList<Region> regions) =>
        regions.GroupBy(region => (region.Kind, HasBytes: region.Length > 0))
            .SelectMany(same => same.Select((region, number) => ((same.Key.Kind, same.Key.HasBytes, number), region)));

    /// <summary>Tells each where the program's code lies.</summary>
    public static List<Region> WithCode(List<Region> regions)
    {
        var code = regions.Where(region => region.Kind is RegionKind.Arm or RegionKind.AArch64 or RegionKind.X64 && region.Address < Region.NotLoaded).ToList();
        return code.Count == 0 ? regions
            : regions.ConvertAll(region => region with { Code = (code.Min(part => part.Address), code.Max(part => part.Address + part.Length)) });
    }
}
