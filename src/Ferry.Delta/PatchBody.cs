using Ferry.Delta.Coding;

namespace Ferry.Delta;

/// <summary>
/// The format of a patch's body, for writing and reading alike: the regions of both files, the blocks, and then the new file from its
/// beginning to its end as what the prediction got wrong and what no block covers.
/// </summary>
internal sealed class PatchBody(IBitCoder coder)
{
    private readonly NumberModel counts = new(), kinds = new(), lengths = new(), addresses = new(), bases = new();
    private readonly NumberModel skips = new(), extents = new(), distances = new();
    private readonly BitModel[] moved = BitModel.Many(1);

    /// <summary>The regions of a file, which cover it.</summary>
    public List<Region> Regions(IReadOnlyList<Region> regions, int file)
    {
        var count = (int)Math.Min(counts.Code(coder, (ulong)regions.Count), 65536);
        var read = new List<Region>();
        var (offset, distance) = (0, 0L);
        for (var i = 0; i < count; i++)
        {
            var region = i < regions.Count ? regions[i] : new(0, 0, 0, 0);
            var kind = (RegionKind)kinds.Code(coder, (ulong)region.Kind);
            var length = lengths.Code(coder, (ulong)region.Length);
            if (kind is < RegionKind.Bytes or > RegionKind.Relative31ToCode || length > (ulong)(file - offset))
            {
                throw new DeltaFormatException("a region of no known kind, or outside of the file");
            }

            var address = addresses.Signed(coder, region.Address - offset - distance) + offset + distance;
            var origin = bases.Signed(coder, region.Base == 0 ? 0 : region.Base - Region.NotLoaded - offset);
            read.Add(new(kind, offset, (int)length, address, origin == 0 ? 0 : origin + Region.NotLoaded + offset));
            (offset, distance) = (offset + (int)length, address - offset);
        }

        return offset == file ? Delta.Regions.WithCode(read) : throw new DeltaFormatException("regions that do not cover the file");
    }

    /// <summary>The blocks, each within one region of either file.</summary>
    public List<Block> Blocks(IReadOnlyList<Block> blocks, IReadOnlyList<Region> old, IReadOnlyList<Region> fresh)
    {
        var count = counts.Code(coder, (ulong)blocks.Count);
        var read = new List<Block>();
        var (newEnd, oldEnd) = (0L, 0L);
        for (var i = 0; (ulong)i < count; i++)
        {
            var block = i < blocks.Count ? blocks[i] : default;
            var at = newEnd + (long)skips.Code(coder, (ulong)(block.New - newEnd));
            var length = (long)extents.Code(coder, (ulong)block.Length);
            var from = oldEnd + distances.Signed(coder, block.Old - oldEnd);
            var isMoved = coder.Bit(ref moved[0], block.Moved ? 1 : 0);
            if (at < newEnd || coder.IsPastEnd || !Delta.Regions.HoldOne(old, from, length) || !Delta.Regions.HoldOne(fresh, at, length))
            {
                throw new DeltaFormatException("a block outside of the files");
            }

            read.Add(new((int)at, (int)from, (int)length, isMoved == 1));
            (newEnd, oldEnd) = (at + length, from + length);
        }

        return read;
    }
}
