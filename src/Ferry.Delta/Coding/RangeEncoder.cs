namespace Ferry.Delta.Coding;

/// <summary>A binary range coder (G. N. N. Martin, 1979; with the carry handling of LZMA): bits that were foreseen cost next to nothing.</summary>
internal sealed class RangeEncoder : IBitCoder
{
    private readonly List<byte> bytes = [];
    private ulong low;
    private uint range = uint.MaxValue;
    private byte held;
    private int heldCount;

    public bool IsPastEnd => false;

    public int Bit(ref BitModel model, int bit)
    {
        var bound = (range >> 16) * model.ZeroIn65536;
        if (bit == 0)
        {
            range = bound;
        }
        else
        {
            low += bound;
            range -= bound;
        }

        model.Learn(bit);
        Normalize();
        return bit;
    }

    public int Bit(int bit)
    {
        range >>= 1;
        low += bit == 0 ? 0 : range;
        Normalize();
        return bit;
    }

    public byte[] Finish()
    {
        for (var i = 0; i < 5; i++)
        {
            Shift();
        }

        return [.. bytes[1..]]; // the first one is always 0
    }

    private void Normalize()
    {
        while (range < 1 << 24)
        {
            range <<= 8;
            Shift();
        }
    }

    private void Shift()
    {
        if (low is < 0xff000000 or > uint.MaxValue)
        {
            var carry = (byte)(low >> 32);
            bytes.Add((byte)(held + carry));
            for (; heldCount > 0; heldCount--)
            {
                bytes.Add((byte)(0xff + carry));
            }

            held = (byte)(low >> 24);
        }
        else
        {
            heldCount++;
        }

        low = (low & 0x00ffffff) << 8;
    }
}
