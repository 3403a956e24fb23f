namespace Ferry.Tests.Agent;

/// <summary>Says one thing, and then neither anything more nor that it has ended: a network that was cut.</summary>
internal sealed class SilentStream(byte[] first) : MemoryStream(first)
{
    private readonly ManualResetEventSlim end = new();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        if (read == 0)
        {
            end.Wait();
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        end.Set();
        base.Dispose(disposing);
    }
}
