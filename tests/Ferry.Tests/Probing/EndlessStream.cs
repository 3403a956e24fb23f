namespace Ferry.Tests.Probing;

/// <summary>What a hostile device may send: without end.</summary>
internal sealed class EndlessStream : MemoryStream
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        buffer.AsSpan(offset, count).Fill((byte)'x');
        return count;
    }

    public override int Read(Span<byte> buffer)
    {
        buffer.Fill((byte)'x');
        return buffer.Length;
    }

    public override int ReadByte() => 'x';
}
