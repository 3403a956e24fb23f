namespace Ferry.Tests.Agent;

/// <summary>Gives its bytes in pieces of random length, as networks do.</summary>
internal sealed class PiecewiseStream(byte[] bytes, Random random) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, Math.Min(count, random.Next(3) == 0 ? random.Next(1, 70_000) : random.Next(1, 9)));
}
