namespace Ferry.Tests.Agent;

/// <summary>A stdout whose reader does not read until it is told to.</summary>
internal sealed class StuckStream : MemoryStream
{
    private readonly ManualResetEventSlim written = new();
    private readonly ManualResetEventSlim released = new();

    public void WaitUntilWritten() => written.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue("nothing was written");

    public void Release() => released.Set();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        written.Set();
        released.Wait();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
}
