using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ferry.Packages.Formats;

/// <summary>
/// Reads .xz (xz-file-format.txt 1.2.1) with LZMA2 and no other filter, which is what Debian's packages and indices have. .NET has no such reader.
/// </summary>
internal static class XzFile
{
    private const int HeaderSize = 12;
    private const int FooterSize = 12;
    private const ulong Lzma2 = 0x21;

    private static ReadOnlySpan<byte> Magic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>All that is in it, every check held against it. Throws <see cref="InvalidDataException"/>.</summary>
    public static byte[] Decompress(ReadOnlySpan<byte> file, int limit)
    {
        try
        {
            var output = new GrowingBytes(limit);
            for (var at = 0; at < file.Length;)
            {
                at = file[at] == 0 ? at + 1 : Stream(file, at, output); // padding is zeros, in fours
            }

            return output.ToArray();
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("an .xz file that was cut short", e);
        }
    }

    private static int Stream(ReadOnlySpan<byte> file, int at, GrowingBytes output)
    {
        var header = file.Slice(at, HeaderSize);
        if (!header.StartsWith(Magic) || header[6] != 0 || Crc.Crc32(header[6..8]) != BinaryPrimitives.ReadUInt32LittleEndian(header[8..]))
        {
            throw new InvalidDataException("not an .xz file");
        }

        var check = header[7];
        at += HeaderSize;
        while (file[at] != 0)
        {
            at = Block(file, at, check, output);
        }

        // The index says the sizes again; its checksum, and its place, are enough.
        var footer = at;
        while (!IsFooter(file, footer, header[6..8]))
        {
            footer += 4;
        }

        var index = file[at..footer];
        if (Crc.Crc32(index[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(index[^4..]))
        {
            throw new InvalidDataException("an .xz file whose index is damaged");
        }

        return footer + FooterSize;
    }

    private static bool IsFooter(ReadOnlySpan<byte> file, int at, ReadOnlySpan<byte> flags)
    {
        var footer = file.Slice(at, FooterSize);
        return footer[10] == 'Y' && footer[11] == 'Z' && footer[8..10].SequenceEqual(flags)
            && Crc.Crc32(footer[4..10]) == BinaryPrimitives.ReadUInt32LittleEndian(footer);
    }

    private static int Block(ReadOnlySpan<byte> file, int at, int check, GrowingBytes output)
    {
        var header = file.Slice(at, (file[at] + 1) * 4);
        if (Crc.Crc32(header[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(header[^4..]))
        {
            throw new InvalidDataException("an .xz file whose block header is damaged");
        }

        var next = 2;
        for (var sizes = (header[1] >> 6 & 1) + (header[1] >> 7); sizes > 0; sizes--)
        {
            Number(header, ref next);
        }

        if ((header[1] & 3) != 0 || Number(header, ref next) != Lzma2)
        {
            throw new InvalidDataException("an .xz file with filters other than LZMA2");
        }

        var start = output.Length;
        var data = at + header.Length;
        var end = data + Chunks(file[data..], output);
        for (; ((end - data) & 3) != 0; end++)
        {
            _ = file[end] == 0 ? 0 : throw new InvalidDataException("an .xz file whose padding is not empty");
        }

        return end + Verified(file[end..], check, output.From(start));
    }

    // LZMA2: chunks, each with a control byte; returns their size.
    private static int Chunks(ReadOnlySpan<byte> data, GrowingBytes output)
    {
        var decoder = new LzmaDecoder(output);
        var (at, begun) = (0, false);
        for (byte control; (control = data[at++]) != 0; begun = true)
        {
            if (control is 1 or >= 0xE0)
            {
                decoder.ResetDictionary();
            }
            else if (!begun)
            {
                throw new InvalidDataException("an LZMA2 block that does not begin anew");
            }

            if (control < 0x80)
            {
                if (control > 2)
                {
                    throw new InvalidDataException("an LZMA2 chunk of a kind that does not exist");
                }

                var size = BinaryPrimitives.ReadUInt16BigEndian(data[at..]) + 1;
                output.Add(data.Slice(at + 2, size));
                at += 2 + size;
                continue;
            }

            var unpacked = ((control & 0x1F) << 16) + BinaryPrimitives.ReadUInt16BigEndian(data[at..]) + 1;
            var packed = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]) + 1;
            at += 4;
            if (control >= 0xC0)
            {
                decoder.SetProperties(data[at++]);
            }

            if (control >= 0xA0)
            {
                decoder.ResetState();
            }

            decoder.Decode(data.Slice(at, packed), unpacked);
            at += packed;
        }

        return at;
    }

    private static int Verified(ReadOnlySpan<byte> rest, int check, ReadOnlySpan<byte> content)
    {
        var (size, fits) = check switch
        {
            0 => (0, true),
            1 => (4, BinaryPrimitives.ReadUInt32LittleEndian(rest) == Crc.Crc32(content)),
            4 => (8, BinaryPrimitives.ReadUInt64LittleEndian(rest) == Crc.Crc64(content)),
            10 => (32, rest[..32].SequenceEqual(SHA256.HashData(content))),
            _ => throw new InvalidDataException($"an .xz file with a check that is not known ({check})"),
        };
        return fits ? size : throw new InvalidDataException("an .xz file whose checksum does not fit");
    }

    // Seven bits a byte, the least first.
    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("an .xz file with a number that does not end");
    }
}
