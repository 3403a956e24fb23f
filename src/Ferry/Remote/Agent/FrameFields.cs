using System.Buffers.Binary;

namespace Ferry.Remote.Agent;

/// <summary>Reads a payload from front to back. Throws <see cref="InvalidDataException"/> when it is shorter than its fields.</summary>
internal ref struct FrameFields(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> rest = payload;

    public ReadOnlySpan<byte> Rest => rest;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public int I32() => (int)U32();

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes() => Take(U32());

    public ReadOnlySpan<byte> Take(uint count)
    {
        if (count > rest.Length)
        {
            throw new InvalidDataException("a frame is shorter than its fields");
        }

        var front = rest[..(int)count];
        rest = rest[(int)count..];
        return front;
    }
}
