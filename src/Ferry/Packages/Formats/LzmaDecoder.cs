namespace Ferry.Packages.Formats;

/// <summary>
/// LZMA as the LZMA SDK's specification (lzma-specification.txt) has it. What was written is the dictionary: it lies whole in <c>output</c>, so that
/// a match is a copy within it.
/// </summary>
internal sealed class LzmaDecoder(GrowingBytes output)
{
    private const int PositionStates = 16;
    private const int States = 12;
    private const int LiteralSize = 0x300;
    private const int EndModelSlot = 14;
    private const int LongestDistanceTree = 115;

    private readonly ushort[] isMatch = new ushort[States * PositionStates];
    private readonly ushort[] isRepeat = new ushort[States];
    private readonly ushort[] isRepeat0 = new ushort[States];
    private readonly ushort[] isRepeat1 = new ushort[States];
    private readonly ushort[] isRepeat2 = new ushort[States];
    private readonly ushort[] isRepeat0Long = new ushort[States * PositionStates];
    private readonly ushort[] slots = new ushort[4 * 64];
    private readonly ushort[] distances = new ushort[LongestDistanceTree];
    private readonly ushort[] align = new ushort[16];
    private readonly LzmaLength matchLength = new();
    private readonly LzmaLength repeatLength = new();
    private ushort[] literals = [];
    private int literalContext;
    private int literalPosition;
    private int positionMask;
    private int state;
    private int distance0;
    private int distance1;
    private int distance2;
    private int distance3;
    private int dictionaryStart;

    public void ResetDictionary() => dictionaryStart = output.Length;

    /// <summary>lc + 9 * (lp + 5 * pb), in one byte.</summary>
    public void SetProperties(byte properties)
    {
        if (properties >= 9 * 5 * 5)
        {
            throw new InvalidDataException("LZMA properties that do not exist");
        }

        literalContext = properties % 9;
        literalPosition = properties / 9 % 5;
        positionMask = (1 << (properties / 45)) - 1;
        literals = new ushort[LiteralSize << (literalContext + literalPosition)];
    }

    public void ResetState()
    {
        (state, distance0, distance1, distance2, distance3) = (0, 0, 0, 0, 0);
        ushort[][] all = [isMatch, isRepeat, isRepeat0, isRepeat1, isRepeat2, isRepeat0Long, slots, distances, align, literals];
        foreach (var table in all)
        {
            Array.Fill(table, RangeDecoder.Even);
        }

        matchLength.Reset();
        repeatLength.Reset();
    }

    /// <summary>Decodes one chunk to <paramref name="size"/> bytes. Throws <see cref="InvalidDataException"/>.</summary>
    public void Decode(ReadOnlySpan<byte> chunk, int size)
    {
        if (literals.Length == 0)
        {
            throw new InvalidDataException("an LZMA chunk before its properties");
        }

        var range = new RangeDecoder(chunk);
        var end = output.Reserve(size);
        while (output.Length < end)
        {
            var position = (output.Length - dictionaryStart) & positionMask;
            var at = (state * PositionStates) + position;
            if (range.Bit(ref isMatch[at]) == 0)
            {
                Literal(ref range);
            }
            else if (range.Bit(ref isRepeat[state]) == 0)
            {
                Match(ref range, position, end);
            }
            else
            {
                Repeat(ref range, position, at, end);
            }
        }

        range.ThrowUnlessDone();
    }

    private void Literal(ref RangeDecoder range)
    {
        var written = output.Length - dictionaryStart;
        var before = written > 0 ? output[output.Length - 1] : 0;
        var context = ((written & ((1 << literalPosition) - 1)) << literalContext) + (before >> (8 - literalContext));
        var table = literals.AsSpan(LiteralSize * context, LiteralSize);
        var symbol = 1;
        if (state >= 7)
        {
            var match = (int)output[Source(distance0)];
            while (symbol < 0x100)
            {
                match <<= 1;
                var matchBit = match & 0x100;
                var bit = range.Bit(ref table[0x100 + matchBit + symbol]);
                symbol = (symbol << 1) | bit;
                if (matchBit >> 8 != bit)
                {
                    break;
                }
            }
        }

        while (symbol < 0x100)
        {
            symbol = (symbol << 1) | range.Bit(ref table[symbol]);
        }

        output.Add((byte)symbol);
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    }

    private void Match(ref RangeDecoder range, int position, int end)
    {
        (distance3, distance2, distance1) = (distance2, distance1, distance0);
        var length = matchLength.Decode(ref range, position);
        state = state < 7 ? 7 : 10;
        distance0 = Distance(ref range, length);
        Copy(length + 2, end);
    }

    private void Repeat(ref RangeDecoder range, int position, int at, int end)
    {
        if (range.Bit(ref isRepeat0[state]) == 0)
        {
            if (range.Bit(ref isRepeat0Long[at]) == 0)
            {
                state = state < 7 ? 9 : 11;
                Copy(1, end);
                return;
            }
        }
        else if (range.Bit(ref isRepeat1[state]) == 0)
        {
            (distance0, distance1) = (distance1, distance0);
        }
        else if (range.Bit(ref isRepeat2[state]) == 0)
        {
            (distance0, distance1, distance2) = (distance2, distance0, distance1);
        }
        else
        {
            (distance0, distance1, distance2, distance3) = (distance3, distance0, distance1, distance2);
        }

        state = state < 7 ? 8 : 11;
        Copy(repeatLength.Decode(ref range, position) + 2, end);
    }

    private int Distance(ref RangeDecoder range, int length)
    {
        var slot = range.Tree(slots.AsSpan(Math.Min(length, 3) * 64, 64), 6);
        if (slot < 4)
        {
            return slot;
        }

        var bits = (slot >> 1) - 1;
        var distance = (uint)(2 | (slot & 1)) << bits;
        distance += slot < EndModelSlot
            ? range.ReverseTree(distances.AsSpan((int)distance - slot), bits)
            : (range.Direct(bits - 4) << 4) + range.ReverseTree(align, 4);
        return (int)distance;
    }

    private int Source(int distance)
    {
        var source = output.Length - 1L - (uint)distance;
        return source >= dictionaryStart ? (int)source : throw new InvalidDataException("a match before the beginning");
    }

    private void Copy(int length, int end)
    {
        if (length > end - output.Length)
        {
            throw new InvalidDataException("a match past the end of its chunk");
        }

        output.CopyWithin(Source(distance0), length);
    }
}
