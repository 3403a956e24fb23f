namespace Ferry.Commands.Many;

/// <summary>
/// Parts for the next device that is free: those of unknown length first, then the longest. A device that goes away gives its part back, so the others wait
/// until all parts are done.
/// </summary>
internal sealed class ShareQueue(IEnumerable<SharePart> parts) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<SharePart> waiting = [.. parts.OrderByDescending(part => part.Expected ?? TimeSpan.MaxValue)];
    private readonly AutoResetEvent changed = new(initialState: false);
    private int underWay;
    private bool closed;

    /// <summary>Those that nobody has done.</summary>
    public IReadOnlyList<SharePart> Left => waiting;

    /// <summary>The next part; null when there is none and none can come back.</summary>
    public SharePart? Take()
    {
        while (true)
        {
            lock (gate)
            {
                if (closed || (waiting.Count == 0 && underWay == 0))
                {
                    changed.Set(); // for the next one who waits
                    return null;
                }

                if (waiting is [var next, ..])
                {
                    waiting.RemoveAt(0);
                    underWay++;
                    return next;
                }
            }

            changed.WaitOne();
        }
    }

    public void Done()
    {
        lock (gate)
        {
            underWay--;
        }

        changed.Set();
    }

    public void GiveBack(SharePart part)
    {
        lock (gate)
        {
            waiting.Insert(0, part);
            underWay--;
        }

        changed.Set();
    }

    /// <summary>Nothing is handed out any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
        }

        changed.Set();
    }

    public void Dispose() => changed.Dispose();
}
