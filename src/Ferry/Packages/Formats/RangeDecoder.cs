using System.Buffers.Binary;

namespace Ferry.Packages.Formats;

/// <summary>LZMA's range coder: bits with probabilities of 11 bits that adapt.</summary>
internal ref struct RangeDecoder
{
    /// <summary>A probability of one half.</summary>
    public const ushort Even = 1 << (ModelBits - 1);

    private const int ModelBits = 11;
    private const int MoveBits = 5;
    private const uint Top = 1 << 24;
    private const int HeaderSize = 5;

    private readonly ReadOnlySpan<byte> input;
    private int next;
    private uint range;
    private uint code;

    public RangeDecoder(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < HeaderSize || chunk[0] != 0)
        {
            throw new InvalidDataException("an LZMA chunk without its beginning");
        }

        input = chunk;
        next = HeaderSize;
        range = uint.MaxValue;
        code = BinaryPrimitives.ReadUInt32BigEndian(chunk[1..]);
    }

    public int Bit(ref ushort probability)
    {
        Normalize();
        var bound = (range >> ModelBits) * probability;
        if (code < bound)
        {
            range = bound;
            probability += (ushort)(((1 << ModelBits) - probability) >> MoveBits);
            return 0;
        }

        range -= bound;
        code -= bound;
        probability -= (ushort)(probability >> MoveBits);
        return 1;
    }

    public int Tree(Span<ushort> probabilities, int bits)
    {
        var symbol = 1;
        for (var i = 0; i < bits; i++)
        {
            symbol = (symbol << 1) | Bit(ref probabilities[symbol]);
        }

        return symbol - (1 << bits);
    }

    public uint ReverseTree(Span<ushort> probabilities, int bits)
    {
        var (symbol, result) = (1, 0u);
        for (var i = 0; i < bits; i++)
        {
            var bit = Bit(ref probabilities[symbol]);
            symbol = (symbol << 1) | bit;
            result |= (uint)bit << i;
        }

        return result;
    }

    public uint Direct(int bits)
    {
        var result = 0u;
        for (; bits > 0; bits--)
        {
            Normalize();
            range >>= 1;
            var bit = code >= range ? 1u : 0;
            code -= range * bit;
            result = (result << 1) | bit;
        }

        return result;
    }

    /// <summary>At the end of a chunk all of it has been read, and nothing is left in the coder.</summary>
    public void ThrowUnlessDone()
    {
        Normalize();
        if (code != 0 || next != input.Length)
        {
            throw new InvalidDataException("an LZMA chunk that does not end where it should");
        }
    }

    private void Normalize()
    {
        if (range < Top)
        {
            code = (code << 8) | (next < input.Length ? input[next] : throw new InvalidDataException("an LZMA chunk that was cut short"));
            next++;
            range <<= 8;
        }
    }
}
