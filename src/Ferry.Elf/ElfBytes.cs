using System.Buffers.Binary;
using System.Text;

namespace Ferry.Elf;

/// <summary>
/// A part of a file and how to read its numbers: the one place where an offset, a length or a count from the file
/// meets the file's bytes. All of them are taken as unsigned 64-bit numbers that may be anything.
/// </summary>
internal readonly ref struct ElfBytes
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly long start;
    private readonly bool wide;
    private readonly bool big;

    public ElfBytes(ReadOnlySpan<byte> bytes, ElfClass width, ElfByteOrder order)
        : this(bytes, 0, width == ElfClass.Elf64, order == ElfByteOrder.BigEndian)
    {
    }

    private ElfBytes(ReadOnlySpan<byte> bytes, long start, bool wide, bool big)
    {
        this.bytes = bytes;
        this.start = start;
        this.wide = wide;
        this.big = big;
    }

    public ulong Length => (ulong)bytes.Length;

    public ReadOnlySpan<byte> Span => bytes;

    /// <summary>Where in the file this part begins.</summary>
    public long Start => start;

    /// <summary>Whether addresses and offsets are of 64 bits.</summary>
    public bool Wide => wide;

    /// <summary>The size of an address in bytes.</summary>
    public ulong WordSize => wide ? 8u : 4u;

    public ElfBytes Part(ulong offset, ulong length, string what)
    {
        if (offset > Length || length > Length - offset)
        {
            throw Error(offset, what + " reaches past the end");
        }

        return new ElfBytes(bytes.Slice((int)offset, (int)length), start + (int)offset, wide, big);
    }

    public ElfBytes From(ulong offset, string what) =>
        offset <= Length ? Part(offset, Length - offset, what) : throw Error(offset, what + " begins past the end");

    /// <summary>The part that a table of <paramref name="count"/> entries takes; so no count is ever larger than the file.</summary>
    public ElfBytes Table(ulong offset, ulong count, ulong entrySize, string what) =>
        count <= Length / entrySize ? Part(offset, count * entrySize, what) : throw Error(offset, what + " is larger than the file");

    public byte U8(ulong at, string what) => bytes[Check(at, 1, what)];

    public ushort U16(ulong at, string what)
    {
        var span = bytes.Slice(Check(at, 2, what), 2);
        return big ? BinaryPrimitives.ReadUInt16BigEndian(span) : BinaryPrimitives.ReadUInt16LittleEndian(span);
    }

    public uint U32(ulong at, string what)
    {
        var span = bytes.Slice(Check(at, 4, what), 4);
        return big ? BinaryPrimitives.ReadUInt32BigEndian(span) : BinaryPrimitives.ReadUInt32LittleEndian(span);
    }

    public ulong U64(ulong at, string what)
    {
        var span = bytes.Slice(Check(at, 8, what), 8);
        return big ? BinaryPrimitives.ReadUInt64BigEndian(span) : BinaryPrimitives.ReadUInt64LittleEndian(span);
    }

    /// <summary>An address, an offset or a size, as wide as the file's class says.</summary>
    public ulong Word(ulong at, string what) => wide ? U64(at, what) : U32(at, what);

    /// <summary>The bytes up to the next NUL, which must be there.</summary>
    public ReadOnlySpan<byte> Chars(ulong at, string what)
    {
        var rest = From(at, what).bytes;
        var end = rest.IndexOf((byte)0);
        return end >= 0 ? rest[..end] : throw Error(at, what + " does not end");
    }

    /// <summary><see cref="Chars"/> as UTF-8; bytes that are none become U+FFFD.</summary>
    public string Text(ulong at, string what) => Encoding.UTF8.GetString(Chars(at, what));

    public ElfFormatException Error(ulong at, string what) =>
        new(at > long.MaxValue - (ulong)start ? long.MaxValue : start + (long)at, what);

    private int Check(ulong at, uint size, string what) =>
        at <= Length && size <= Length - at ? (int)at : throw Error(at, what + " lies past the end");
}
