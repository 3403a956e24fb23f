namespace Ferry.Tests.Agent;

/// <summary>Takes what the counterpart pours, checks every byte, and stands still now and then.</summary>
internal sealed class SlowChecker : MemoryStream
{
    public long Count { get; private set; }

    public long? WrongAt { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (var value in buffer)
        {
            if (value != (byte)(((ulong)Count / 3 * 31) >> (int)(8 * (Count % 3))))
            {
                WrongAt ??= Count;
            }

            Count++;
        }

        if (Count % 7 == 0)
        {
            Thread.Sleep(1);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
}
