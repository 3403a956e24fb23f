using System.Buffers.Binary;

namespace Ferry.Elf;

/// <summary>Writes numbers into a file of ours, whose places we chose.</summary>
internal readonly ref struct ElfFields(Span<byte> bytes, bool wide, bool big)
{
    private readonly Span<byte> bytes = bytes;

    public void Bytes(int at, ReadOnlySpan<byte> value) => value.CopyTo(bytes[at..]);

    public void Clear(int at, int size) => bytes.Slice(at, size).Clear();

    public void U16(int at, ushort value)
    {
        if (big)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[at..], value);
        }
    }

    public void U32(int at, uint value)
    {
        if (big)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[at..], value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], value);
        }
    }

    /// <summary>A number as wide as the file's class says; it fits, since it is a place within the file.</summary>
    public void Word(int at, ulong value)
    {
        if (!wide)
        {
            U32(at, (uint)value);
        }
        else if (big)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[at..], value);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], value);
        }
    }
}
