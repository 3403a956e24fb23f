using System.Buffers.Binary;

namespace Ferry.Remote.Agent;

/// <summary>One message of the agent's protocol: a type byte, the payload's length (u32, little endian), the payload.</summary>
internal readonly record struct Frame(FrameType Type, byte[] Payload)
{
    public const int HeadLength = 5;

    /// <summary>No payload is longer; a length beyond it means that the two sides have lost step.</summary>
    public const int LongestPayload = 16 << 20;

    /// <summary>
    /// Reads the frame that <paramref name="data"/> begins with. False when it is not there completely yet.
    /// Throws <see cref="InvalidDataException"/> for a length that no frame has.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out Frame frame, out int length)
    {
        (frame, length) = (default, 0);
        if (data.Length < HeadLength)
        {
            return false;
        }

        var payload = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        if (payload > LongestPayload)
        {
            throw new InvalidDataException($"a frame of {payload} bytes");
        }

        if (data.Length - HeadLength < payload)
        {
            return false;
        }

        length = HeadLength + (int)payload;
        frame = new Frame((FrameType)data[0], data[HeadLength..length].ToArray());
        return true;
    }

    public FrameFields Fields() => new(Payload);
}
