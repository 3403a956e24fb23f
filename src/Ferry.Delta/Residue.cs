using System.Buffers.Binary;
using Ferry.Delta.Coding;

namespace Ferry.Delta;

/// <summary>What is left to be said of the new file when the blocks have been predicted: what no block covers, and what the prediction got wrong.</summary>
internal sealed class Residue(IBitCoder coder)
{
    private readonly NumberModel[] gaps = [new(), new(), new()];
    private readonly BitModel[] byteCorrections = BitModel.Many(256);
    private readonly BitModel[] wordCorrections = BitModel.Many(2 * 4 * 256);
    private readonly BitModel[] wasRecent = BitModel.Many(2), whichRecent = BitModel.Many(2 * 16);
    private readonly BitModel[] plain = BitModel.Many(256 * 256), code = BitModel.Many(4 * 256 * 256);
    private readonly NumberModel[] steps = [new(), new(), new(), new(), new(), new()];
    private const int Reach = 5;

    private readonly int[] seen = new int[65536];
    private readonly BitModel[] foreseen = BitModel.Many(32);
    private readonly uint[] recent = new uint[8];

    /// <summary>Bytes that no block covers.</summary>
    public void Literal(Region region, int offset, Span<byte> file, int length)
    {
        if (region.Entry >= 8 && length % 4 == 0)
        {
            Rows(region, offset, file, length);
            return;
        }

        var repeated = 0; // how many bytes in a row were foreseen
        var source = -1;
        for (var at = offset; at < offset + length; at++)
        {
            if (source < 0 && at >= Reach)
            {
                source = seen[Hash(file[(at - Reach)..at])] - 1;
                repeated = 0;
            }

            if (at >= Reach)
            {
                seen[Hash(file[(at - Reach)..at])] = at + 1;
            }

            if (source >= 0)
            {
                var guess = file[source];
                if (coder.Bit(ref foreseen[Math.Min(repeated, 31)], file[at] == guess ? 0 : 1) == 0)
                {
                    (file[at], source, repeated) = (guess, source + 1, repeated + 1);
                    continue;
                }

                source = -1;
            }

            var context = region.Unit == 4 ? (((at - region.Offset) & 3) << 8) | (at >= 4 ? file[at - 4] : 0) : at >= 1 ? file[at - 1] : 0;
            file[at] = (byte)Tree.Code(coder, (region.Unit == 4 ? code : plain).AsSpan(context << 8, 256), 8, file[at]);
        }
    }

    // Tables go up in steps: each word against the one above it.
    private void Rows(Region region, int offset, Span<byte> file, int length)
    {
        for (var at = offset; at < offset + length; at += 4)
        {
            var column = (at - region.Offset) % region.Entry / 4;
            var above = at - region.Offset >= region.Entry ? BinaryPrimitives.ReadUInt32LittleEndian(file[(at - region.Entry)..]) : 0;
            var step = (long)(int)(BinaryPrimitives.ReadUInt32LittleEndian(file[at..]) - above);
            step = steps[column].Signed(coder, step);
            BinaryPrimitives.WriteUInt32LittleEndian(file[at..], above + (uint)step);
        }
    }

    private static int Hash(ReadOnlySpan<byte> bytes) =>
        (int)(((BinaryPrimitives.ReadUInt32LittleEndian(bytes) * 0x9e3779b1) ^ (bytes[4] * 0x85ebca6bu)) >> 16);

    /// <summary>Corrects <paramref name="predicted"/> to <paramref name="actual"/>, or learns it.</summary>
    public void Correct(Region region, Span<byte> predicted, Span<byte> actual)
    {
        if (region.Unit == 4 && predicted.Length % 4 == 0)
        {
            Words(region.Stage == 0 ? 0 : 1, predicted, actual);
        }
        else
        {
            Bytes(predicted, actual);
        }
    }

    private void Words(int kind, Span<byte> predicted, Span<byte> actual)
    {
        for (var at = 0; at < predicted.Length; at += 4)
        {
            var same = predicted[at..].CommonPrefixLength(actual[at..]) / 4;
            same = (int)Math.Min(gaps[kind].Code(coder, (ulong)same), (ulong)((predicted.Length - at) / 4));
            predicted.Slice(at, same * 4).CopyTo(actual[at..]);
            at += same * 4;
            if (at < predicted.Length)
            {
                var expected = BinaryPrimitives.ReadUInt32LittleEndian(predicted[at..]);
                var error = Word(kind, BinaryPrimitives.ReadUInt32LittleEndian(actual[at..]) - expected);
                BinaryPrimitives.WriteUInt32LittleEndian(actual[at..], expected + error);
            }
        }
    }

    // The same error comes again and again: everything behind an edit is off by as much.
    private uint Word(int kind, uint error)
    {
        var place = Array.IndexOf(recent, error);
        if (coder.Bit(ref wasRecent[kind], place >= 0 ? 1 : 0) == 1)
        {
            place = Tree.Code(coder, whichRecent.AsSpan(kind * 16, 16), 3, place);
            error = recent[place];
        }
        else
        {
            place = recent.Length - 1;
            var coded = 0u;
            for (var i = 3; i >= 0; i--)
            {
                coded |= (uint)Tree.Code(coder, wordCorrections.AsSpan(((kind * 4) + i) * 256, 256), 8, (byte)(error >> (8 * i))) << (8 * i);
            }

            error = coded;
        }

        Array.Copy(recent, 0, recent, 1, place);
        recent[0] = error;
        return error;
    }

    private void Bytes(Span<byte> predicted, Span<byte> actual)
    {
        for (var at = 0; at < predicted.Length; at++)
        {
            var same = predicted[at..].CommonPrefixLength(actual[at..]);
            same = (int)Math.Min(gaps[2].Code(coder, (ulong)same), (ulong)(predicted.Length - at));
            predicted.Slice(at, same).CopyTo(actual[at..]);
            at += same;
            if (at < predicted.Length)
            {
                actual[at] = (byte)(predicted[at] + Tree.Code(coder, byteCorrections, 8, (byte)(actual[at] - predicted[at])));
            }
        }
    }
}
