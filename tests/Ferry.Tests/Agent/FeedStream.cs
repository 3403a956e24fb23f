using System.Collections.Concurrent;

namespace Ferry.Tests.Agent;

/// <summary>A stdin that a test fills while the program runs; ends when the test says so.</summary>
internal sealed class FeedStream : MemoryStream
{
    private readonly BlockingCollection<byte[]> _pieces = [];
    private ReadOnlyMemory<byte> _rest;

    public void Feed(byte[] bytes) => _pieces.Add(bytes);

    public void End() => _pieces.CompleteAdding();

    public override int Read(Span<byte> buffer)
    {
        while (_rest.IsEmpty)
        {
            if (!_pieces.TryTake(out var next, Timeout.Infinite))
            {
                return 0;
            }

            _rest = next;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }
}
