namespace Ferry.Packages.Formats;

/// <summary>Bytes that grow up to a limit: what a file claims of its size is not believed.</summary>
internal sealed class GrowingBytes(int limit)
{
    private byte[] bytes = new byte[Math.Min(limit, 1 << 20)];

    public int Length { get; private set; }

    public byte this[int index] => bytes[index];

    public ReadOnlySpan<byte> From(int start) => bytes.AsSpan(start, Length - start);

    public byte[] ToArray() => bytes[..Length];

    /// <summary>Makes room for so many bytes more; says where they will end.</summary>
    public int Reserve(int more)
    {
        if (more > limit - Length)
        {
            throw new InvalidDataException($"more than {limit >> 20} MB");
        }

        if (Length + more > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Min(limit, Math.Max(Length + more, bytes.Length * 2L)));
        }

        return Length + more;
    }

    public void Add(byte octet) => bytes[Length++] = octet;

    public void Add(ReadOnlySpan<byte> more)
    {
        Reserve(more.Length);
        more.CopyTo(bytes.AsSpan(Length));
        Length += more.Length;
    }

    /// <summary>Byte by byte: what is copied may begin to repeat itself.</summary>
    public void CopyWithin(int from, int count)
    {
        for (var end = Length + count; Length < end; Length++)
        {
            bytes[Length] = bytes[from++];
        }
    }
}
