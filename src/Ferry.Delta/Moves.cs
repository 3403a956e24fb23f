using System.Collections;

namespace Ferry.Delta;

/// <summary>Which of the blocks say where old bytes went: every old byte went to one place at most.</summary>
internal static class Moves
{
    /// <summary>Marks them: first those with a name that both files have, and the longest first, since a short likeness within something else is chance.</summary>
    public static List<Block> Mark(List<Block> blocks, (int New, int Old)[] anchors)
    {
        var taken = new BitArray(blocks.Count == 0 ? 0 : (blocks.Max(block => block.Old + block.Length) / 4) + 1);
        var marked = new List<Block>(blocks.Count);
        foreach (var block in blocks.OrderByDescending(IsNamed).ThenByDescending(block => block.Length).ThenBy(block => block.New))
        {
            var (first, last) = (block.Old / 4, (block.Old + block.Length - 1) / 4);
            var free = true;
            for (var at = first + 1; at < last && free; at++)
            {
                free = !taken[at];
            }

            for (var at = first; at <= last && free; at++)
            {
                taken[at] = true;
            }

            marked.Add(block with { Moved = free });
        }

        return marked;

        bool IsNamed(Block block) =>
            Array.BinarySearch(anchors, (block.New, 0), ByNew) is var at && (at >= 0 ? at : ~at) is var first && first < anchors.Length
            && anchors[first].New < block.NewEnd && anchors[first].Old - anchors[first].New == block.Delta;
    }

    private static Comparer<(int New, int Old)> ByNew { get; } = Comparer<(int New, int Old)>.Create((one, other) => one.New.CompareTo(other.New));

    /// <summary>The same as addresses, and where what is only in memory went.</summary>
    public static IEnumerable<(long Old, long New)> Addresses(IReadOnlyList<Region> old, IReadOnlyList<Region> fresh, IEnumerable<Block> blocks) =>
        blocks.Where(block => block.Moved)
            .Select(block => (Regions.At(old, block.Old).AddressOf(block.Old), Regions.At(fresh, block.New).AddressOf(block.New)))
            .Concat(Regions.Pairs(old, fresh).Where(pair => pair.Old.Length == 0).Select(pair => (pair.Old.Address, pair.New.Address)));
}
