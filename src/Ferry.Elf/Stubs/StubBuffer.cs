using System.Buffers.Binary;

namespace Ferry.Elf.Stubs;

/// <summary>Bytes that grow, with numbers in the byte order and width of a file.</summary>
internal sealed class StubBuffer(bool wide, bool big)
{
    private readonly List<byte> bytes = [];

    public ulong Length => (ulong)bytes.Count;

    public bool Wide => wide;

    public StubBuffer U8(byte value)
    {
        bytes.Add(value);
        return this;
    }

    public StubBuffer U16(int value) => Number((ulong)value, 2);

    public StubBuffer U32(ulong value) => Number(value, 4);

    public StubBuffer Word(ulong value) => Number(value, wide ? 8 : 4);

    public StubBuffer Bytes(ReadOnlySpan<byte> value)
    {
        bytes.AddRange(value);
        return this;
    }

    public StubBuffer AlignTo(ulong alignment)
    {
        while (Length % alignment != 0)
        {
            bytes.Add(0);
        }

        return this;
    }

    public byte[] ToArray() => [.. bytes];

    private StubBuffer Number(ulong value, int size)
    {
        Span<byte> all = stackalloc byte[8];
        if (big)
        {
            BinaryPrimitives.WriteUInt64BigEndian(all, value);
            bytes.AddRange(all[(8 - size)..]);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(all, value);
            bytes.AddRange(all[..size]);
        }

        return this;
    }
}
