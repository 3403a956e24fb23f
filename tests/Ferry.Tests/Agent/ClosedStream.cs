namespace Ferry.Tests.Agent;

/// <summary>A stdout whose reader has gone, as of <c>| head -1</c>.</summary>
internal sealed class ClosedStream : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");

    public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");
}
