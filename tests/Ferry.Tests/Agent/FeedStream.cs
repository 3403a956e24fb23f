using System.Collections.Concurrent;

namespace Ferry.Tests.Agent;

/// <summary>A stdin that a test fills while the program runs; ends when the test says so.</summary>
internal sealed class FeedStream : MemoryStream
{
    private readonly BlockingCollection<byte[]> pieces = [];
    private ReadOnlyMemory<byte> rest;

    public void Feed(byte[] bytes) => pieces.Add(bytes);

    public void End() => pieces.CompleteAdding();

    public override int Read(Span<byte> buffer)
    {
        while (rest.IsEmpty)
        {
            if (!pieces.TryTake(out var next, Timeout.Infinite))
            {
                return 0;
            }

            rest = next;
        }

        var count = Math.Min(buffer.Length, rest.Length);
        rest.Span[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }
}
