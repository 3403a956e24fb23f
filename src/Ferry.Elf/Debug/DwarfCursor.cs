using System.Buffers.Binary;

namespace Ferry.Elf.Debug;

/// <summary>Reads numbers of a DWARF section one after the other. Whatever lies past the end is a <see cref="ElfFormatException"/>.</summary>
internal ref struct DwarfCursor(ReadOnlySpan<byte> bytes, ulong at, bool big)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly bool big = big;

    public ulong At { get; private set; } = at;

    public readonly bool IsAtEnd => At >= (ulong)bytes.Length;

    /// <summary>The same place in the part that ends at an offset.</summary>
    public readonly DwarfCursor Until(ulong end) =>
        end <= (ulong)bytes.Length ? new(bytes[..(int)end], At, big) : throw Error("a part of the debug info is longer than its section");

    /// <summary>Another place in the same bytes.</summary>
    public readonly DwarfCursor From(ulong place) => new(bytes, place, big);

    public byte U8() => Take(1)[0];

    public ushort U16() => big ? BinaryPrimitives.ReadUInt16BigEndian(Take(2)) : BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint U24() => big ? (uint)((U8() << 16) | (U8() << 8) | U8()) : (uint)(U8() | (U8() << 8) | (U8() << 16));

    public uint U32() => big ? BinaryPrimitives.ReadUInt32BigEndian(Take(4)) : BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => big ? BinaryPrimitives.ReadUInt64BigEndian(Take(8)) : BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number of so many bytes: 1, 2, 4 or 8.</summary>
    public ulong Number(int size) => size switch
    {
        1 => U8(),
        2 => U16(),
        4 => U32(),
        8 => U64(),
        _ => throw Error($"a number of {size} bytes"),
    };

    /// <summary>7.4: an offset of the 32-bit or the 64-bit format.</summary>
    public ulong Offset(bool wide) => wide ? U64() : U32();

    /// <summary>7.2.2: a unit's length, and which format it is of.</summary>
    public ulong Length(out bool wide)
    {
        var first = U32();
        wide = first == uint.MaxValue;
        return wide ? U64() : first < 0xfffffff0 ? first : throw Error("a unit's length is reserved");
    }

    /// <summary>7.6: unsigned; bits beyond the 64th are dropped.</summary>
    public ulong Uleb()
    {
        var result = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = U8();
            result |= shift < 64 ? (ulong)(next & 0x7f) << shift : 0;
            if (next < 0x80)
            {
                return result;
            }
        }
    }

    /// <summary>7.6: signed.</summary>
    public long Sleb()
    {
        var result = 0L;
        for (var shift = 0; ;)
        {
            var next = U8();
            result |= shift < 64 ? (long)(next & 0x7f) << shift : 0;
            shift += 7;
            if (next < 0x80)
            {
                return shift < 64 && (next & 0x40) != 0 ? result | (-1L << shift) : result;
            }
        }
    }

    public ReadOnlySpan<byte> Text()
    {
        var rest = bytes[(int)Math.Min(At, (ulong)bytes.Length)..];
        var end = rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw Error("a text of the debug info does not end");
        }

        At += (ulong)end + 1;
        return rest[..end];
    }

    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (At > (ulong)bytes.Length || count > (ulong)bytes.Length - At)
        {
            throw Error("the debug info ends within a number");
        }

        var taken = bytes.Slice((int)At, (int)count);
        At += count;
        return taken;
    }

    public readonly ElfFormatException Error(string what) => new((long)Math.Min(At, long.MaxValue), what);
}
