using System.Buffers.Binary;

namespace Ferry.Delta;

/// <summary>Finds where sixteen bytes stand in some regions of a file, at offsets that four divides.</summary>
internal sealed class MatchIndex
{
    public const int Width = 16;

    private const int Bits = 19;
    private const int Deepest = 24;

    private readonly int[] heads = new int[1 << Bits];
    private readonly int[] earlier;

    public MatchIndex(ReadOnlySpan<byte> bytes, IReadOnlyList<Region> regions)
    {
        earlier = new int[(bytes.Length / 4) + 1];
        foreach (var region in regions)
        {
            for (var at = (region.Offset + 3) & ~3; at + Width <= region.End; at += 4)
            {
                ref var head = ref heads[Hash(bytes[at..])];
                (earlier[at / 4], head) = (head, at + 1);
            }
        }
    }

    /// <summary>The places whose bytes may be these, the nearest to the file's end first; not all when there are many.</summary>
    public IEnumerable<int> Places(uint hash)
    {
        var (next, depth) = (heads[hash], 0);
        while (next != 0 && depth++ < Deepest)
        {
            yield return next - 1;
            next = earlier[(next - 1) / 4];
        }
    }

    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var (low, high) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        return (uint)(((low * 0x9e3779b97f4a7c15) ^ ((high + 0x7f4a7c15) * 0xc2b2ae3d27d4eb4f)) >> (64 - Bits));
    }
}
