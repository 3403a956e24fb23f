namespace Ferry.Delta;

/// <summary>What moved where: from addresses of the old file to those of the new one.</summary>
internal sealed class AddressMap
{
    private readonly long[] starts;
    private readonly long[] moves;

    private AddressMap(long[] starts, long[] moves) => (this.starts, this.moves) = (starts, moves);

    /// <summary>From pieces: the address where one begins in the old file, and where that lies in the new one. Of two for one address the first counts.</summary>
    public static AddressMap Of(IEnumerable<(long Old, long New)> pieces)
    {
        var sorted = pieces.DistinctBy(piece => piece.Old).OrderBy(piece => piece.Old).ToArray();
        return new(Array.ConvertAll(sorted, piece => piece.Old), Array.ConvertAll(sorted, piece => piece.New - piece.Old));
    }

    /// <summary>Where the address went, by the piece that it lies in or behind.</summary>
    public long this[long old]
    {
        get
        {
            var (low, high) = (0, starts.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (starts[middle] <= old)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low == 0 ? old : old + moves[low - 1];
        }
    }
}
