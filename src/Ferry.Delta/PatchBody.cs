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

    public List<Region> Regions(IReadOnlyList<Region> regions)
    {
        var count = (int)Math.Min(counts.Code(coder, (ulong)regions.Count), 65536);
        var read = new List<Region>();
        var (offset, distance) = (0, 0L);
        for (var i = 0; i < count; i++)
        {
            var region = i < regions.Count ? regions[i] : new(0, 0, 0, 0);
            var kind = (RegionKind)kinds.Code(coder, (ulong)region.Kind);
            var length = (int)lengths.Code(coder, (ulong)region.Length);
            var address = addresses.Signed(coder, region.Address - offset - distance) + offset + distance;
            var origin = bases.Signed(coder, region.Base == 0 ? 0 : region.Base - Region.NotLoaded - offset);
            read.Add(new(kind, offset, length, address, origin == 0 ? 0 : origin + Region.NotLoaded + offset));
            (offset, distance) = (checked(offset + length), address - offset);
        }

        return Delta.Regions.WithCode(read);
    }

    public List<Block> Blocks(IReadOnlyList<Block> blocks)
    {
        var count = (int)Math.Min(counts.Code(coder, (ulong)blocks.Count), int.MaxValue);
        var read = new List<Block>();
        var last = default(Block);
        for (var i = 0; i < count; i++)
        {
            var block = i < blocks.Count ? blocks[i] : default;
            var at = last.NewEnd + (int)skips.Code(coder, (ulong)(block.New - last.NewEnd));
            var length = (int)extents.Code(coder, (ulong)block.Length);
            var old = last.Old + last.Length + (int)distances.Signed(coder, block.Old - last.Old - last.Length);
            var isMoved = coder.Bit(ref moved[0], block.Moved ? 1 : 0);
            read.Add(last = new(at, old, length, isMoved == 1));
        }

        return read;
    }
}
