using System.Numerics;

namespace Ferry.Delta.Coding;

/// <summary>Whole numbers of which small ones are frequent: their length in bits, then the bits, of which the upper three are learnt.</summary>
internal sealed class NumberModel
{
    private readonly BitModel[] lengths = BitModel.Many(128);
    private readonly BitModel[] upper = BitModel.Many(65 * 8);

    public ulong Code(IBitCoder coder, ulong value)
    {
        var length = Tree.Code(coder, lengths, 7, 64 - BitOperations.LeadingZeroCount(value));
        if (length is 0 or > 64)
        {
            return 0;
        }

        var (result, prefix) = (1UL, 1);
        for (var bit = length - 2; bit >= 0; bit--)
        {
            var asked = (int)(value >> bit) & 1;
            var got = prefix < 8 ? coder.Bit(ref upper[(length * 8) + prefix], asked) : coder.Bit(asked);
            result = (result << 1) | (uint)got;
            prefix = (prefix << 1) | got;
            prefix = prefix >= 8 ? 8 : prefix;
        }

        return result;
    }

    /// <summary>Numbers of either sign.</summary>
    public long Signed(IBitCoder coder, long value)
    {
        var folded = Code(coder, (ulong)((value << 1) ^ (value >> 63)));
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }
}
