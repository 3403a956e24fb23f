using System.Buffers.Binary;
using System.Security.Cryptography;
using Ferry.Delta.Coding;

namespace Ferry.Delta;

/// <summary>The way from one version of a file to the next. Any two files will do; two versions of one program make it small.</summary>
public static class Patch
{
    private const int HeaderLength = 4 + 4 + 4 + 32 + 32;

    /// <summary>The patch that makes <paramref name="fresh"/> of <paramref name="old"/>.</summary>
    public static byte[] Make(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> fresh)
    {
        Image? before = null, after = null;
        Parallel.Invoke(() => before = Image.Of(old), () => after = Image.Of(fresh));
        var encoder = new RangeEncoder();
        Walk(encoder, old, before!.Regions, after!.Regions, Comparison.Of(before, after), fresh.ToArray());
        return [.. Header(old.Span, fresh.Span), .. encoder.Finish()];
    }

    /// <summary>What <see cref="Make"/> was given as the new file.</summary>
    /// <exception cref="DeltaFormatException">It is no patch, damaged, or for another old file.</exception>
    public static byte[] Apply(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> patch)
    {
        var header = patch.Span[..Math.Min(HeaderLength, patch.Length)];
        if (header.Length < HeaderLength || !header[..4].SequenceEqual("FDP1"u8))
        {
            throw new DeltaFormatException("no patch");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(header[4..]) != old.Length || !SHA256.HashData(old.Span).AsSpan().SequenceEqual(header[12..44]))
        {
            throw new DeltaFormatException("a patch for another file");
        }

        var fresh = new byte[Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(header[8..]))];
        Walk(new RangeDecoder(patch[HeaderLength..]), old, [], [], [], fresh);
        return SHA256.HashData(fresh).AsSpan().SequenceEqual(header[44..]) ? fresh : throw new DeltaFormatException("a damaged patch");
    }

    private static byte[] Header(ReadOnlySpan<byte> old, ReadOnlySpan<byte> fresh)
    {
        var header = new byte[HeaderLength];
        "FDP1"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), old.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), fresh.Length);
        SHA256.HashData(old, header.AsSpan(12));
        SHA256.HashData(fresh, header.AsSpan(44));
        return header;
    }

    private static void Walk(IBitCoder coder, ReadOnlyMemory<byte> old, IReadOnlyList<Region> oldRegions, IReadOnlyList<Region> newRegions, IReadOnlyList<Block> blocks, Span<byte> fresh)
    {
        var body = new PatchBody(coder);
        oldRegions = body.Regions(oldRegions, old.Length);
        newRegions = body.Regions(newRegions, fresh.Length);
        blocks = body.Blocks(blocks, oldRegions, newRegions);
        var predictor = new Predictor(old, AddressMap.Of(Moves.Addresses(oldRegions, newRegions, blocks)));
        var residue = new Residue(coder);
        var at = 0;
        var predicted = Array.Empty<byte>();
        foreach (var block in blocks)
        {
            Literals(residue, newRegions, at, block.New, fresh);
            var (from, to) = (Regions.At(oldRegions, block.Old), Regions.At(newRegions, block.New));
            if (predicted.Length < block.Length)
            {
                predicted = new byte[block.Length];
            }

            predictor.Predict(block, from, to, predicted.AsSpan(0, block.Length));
            residue.Correct(to, predicted.AsSpan(0, block.Length), fresh.Slice(block.New, block.Length));
            at = block.NewEnd;
            if (coder.IsPastEnd)
            {
                throw new DeltaFormatException("a patch that was cut short");
            }
        }

        Literals(residue, newRegions, at, fresh.Length, fresh);
    }

    private static void Literals(Residue residue, IReadOnlyList<Region> regions, int from, int to, Span<byte> fresh)
    {
        while (from < to)
        {
            var region = Regions.At(regions, from);
            var end = Math.Min(to, region.End);
            residue.Literal(region, from, fresh, end - from);
            from = end;
        }
    }
}
