namespace Ferry.Delta.Coding;

/// <summary>What <see cref="RangeEncoder"/> wrote. Any bytes are read as something; behind their end come zeros.</summary>
internal sealed class RangeDecoder : IBitCoder
{
    private readonly ReadOnlyMemory<byte> bytes;
    private uint range = uint.MaxValue;
    private uint code;
    private int next;

    public RangeDecoder(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = bytes;
        for (var i = 0; i < 4; i++)
        {
            code = (code << 8) | Next();
        }
    }

    /// <summary>Whether more was asked for than there is: a patch that was cut short.</summary>
    public bool IsPastEnd => next > bytes.Length + 4;

    public int Bit(ref BitModel model, int bit)
    {
        var bound = (range >> 16) * model.ZeroIn65536;
        bit = code < bound ? 0 : 1;
        if (bit == 0)
        {
            range = bound;
        }
        else
        {
            code -= bound;
            range -= bound;
        }

        model.Learn(bit);
        Normalize();
        return bit;
    }

    public int Bit(int bit)
    {
        range >>= 1;
        bit = code < range ? 0 : 1;
        code -= bit == 0 ? 0 : range;
        Normalize();
        return bit;
    }

    private void Normalize()
    {
        while (range < 1 << 24)
        {
            range <<= 8;
            code = (code << 8) | Next();
        }
    }

    private uint Next() => next++ < bytes.Length ? bytes.Span[next - 1] : 0u;
}
