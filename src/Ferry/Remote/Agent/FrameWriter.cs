using System.Buffers;
using System.Buffers.Binary;

namespace Ferry.Remote.Agent;

/// <summary>Puts a frame together, field by field. Byte strings and lists carry a u32 count in front.</summary>
internal sealed class FrameWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(64);

    public FrameWriter(FrameType type)
    {
        U8((byte)type);
        U32(0);
    }

    /// <summary>A whole frame with a payload that has no fields.</summary>
    public static byte[] Of(FrameType type, ReadOnlySpan<byte> payload = default) => new FrameWriter(type).Raw(payload).ToArray();

    public FrameWriter U8(byte value) => Raw([value]);

    public FrameWriter U16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public FrameWriter U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public FrameWriter U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public FrameWriter Bytes(ReadOnlySpan<byte> value) => U32((uint)value.Length).Raw(value);

    public FrameWriter List<T>(IReadOnlyCollection<T> items, Action<FrameWriter, T> write)
    {
        U32((uint)items.Count);
        foreach (var item in items)
        {
            write(this, item);
        }

        return this;
    }

    public FrameWriter Raw(ReadOnlySpan<byte> value)
    {
        buffer.Write(value);
        return this;
    }

    /// <summary>The frame's bytes. Throws <see cref="InvalidDataException"/> when the payload is longer than any frame's may be.</summary>
    public byte[] ToArray()
    {
        var bytes = buffer.WrittenSpan.ToArray();
        var payload = bytes.Length - Frame.HeadLength;
        if (payload > Frame.LongestPayload)
        {
            throw new InvalidDataException($"a frame of {payload} bytes");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), (uint)payload);
        return bytes;
    }
}
