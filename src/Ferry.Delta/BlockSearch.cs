namespace Ferry.Delta;

/// <summary>Finds for the regions of the new file what of the old file they are made of, in the files' canonical form.</summary>
internal sealed class BlockSearch
{
    /// <summary>How deep a search goes into the red before it ends; what is worth a block of its own.</summary>
    private const int Patience = 96, Shortest = 20;

    private readonly Image oldImage;
    private readonly ReadOnlyMemory<byte> old;
    private readonly ReadOnlyMemory<byte> fresh;
    private readonly (int New, int Old)[] anchors;
    private readonly Lazy<MatchIndex> index;
    private readonly List<Block> blocks = [];
    private int delta;

    /// <param name="oldImage">The old file.</param>
    /// <param name="old">Its canonical form.</param>
    /// <param name="fresh">The new file's.</param>
    /// <param name="anchors">Places that are the same thing, by their offsets, sorted.</param>
    /// <param name="index">Made when the anchors do not lead on.</param>
    public BlockSearch(Image oldImage, ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> fresh, (int New, int Old)[] anchors, Lazy<MatchIndex> index) =>
        (this.oldImage, this.old, this.fresh, this.anchors, this.index) = (oldImage, old, fresh, anchors, index);

    /// <summary>The blocks of one region, in their order.</summary>
    public IReadOnlyList<Block> Find(Region region)
    {
        blocks.Clear();
        var at = region.Offset;
        var next = ~Array.BinarySearch(anchors, (region.Offset, -1));
        while (at < region.End)
        {
            while (next < anchors.Length && anchors[next].New < at)
            {
                next++;
            }

            var limit = region.End;
            if (next < anchors.Length && anchors[next].New == at)
            {
                (delta, limit) = (anchors[next].Old - at, Limit(next + 1, region));
            }
            else if (next < anchors.Length)
            {
                limit = Math.Min(limit, anchors[next].New);
            }

            at = Piece(region, at, limit);
        }

        return [.. blocks];
    }

    private int Limit(int next, Region region) => next < anchors.Length ? Math.Min(region.End, anchors[next].New) : region.End;

    // From one anchor to the next.
    private int Piece(Region region, int at, int limit)
    {
        while (at < limit)
        {
            var length = Extend(region, at, delta, limit);
            if (length == 0)
            {
                (at, length) = Elsewhere(region, at, limit);
            }

            if (length > 0)
            {
                Add(at, at + delta, length);
                at += length;
            }
        }

        return limit;
    }

    // Goes on until the old file is found again, at the same distance or at another one.
    private (int At, int Length) Elsewhere(Region region, int from, int limit)
    {
        for (var at = from; at < limit; at += region.Unit)
        {
            if (at > from && Equal(region, at, delta, limit) >= Math.Min(Shortest, limit - at))
            {
                return Backwards(region, from, at, limit);
            }

            if (limit - at < MatchIndex.Width)
            {
                continue;
            }

            var best = 0;
            foreach (var place in index.Value.Places(MatchIndex.Hash(fresh.Span[at..])))
            {
                var length = Equal(region, at, place - at, limit);
                if (length > best)
                {
                    best = length;
                    if (length >= Shortest)
                    {
                        delta = place - at;
                    }
                }
            }

            if (best >= Shortest)
            {
                return Backwards(region, from, at, limit);
            }
        }

        return (limit, 0);
    }

    private (int At, int Length) Backwards(Region region, int from, int at, int limit)
    {
        var unit = region.Unit;
        while (at - unit >= from && Allowed(region, at - unit, delta) && fresh.Span.Slice(at - unit, unit).SequenceEqual(old.Span.Slice(at - unit + delta, unit)))
        {
            at -= unit;
        }

        return (at, Extend(region, at, delta, limit));
    }

    /// <summary>How far it pays to go on with this distance.</summary>
    private int Extend(Region region, int at, int distance, int limit)
    {
        var end = Allowed(region, at, distance) ? Math.Min(limit, oldImage.RegionAt(at + distance).End - distance) : at;
        var (here, score, best, bestEnd) = (at, 0, 0, at);
        while (here < end && score > best - Patience)
        {
            var same = fresh.Span[here..end].CommonPrefixLength(old.Span[(here + distance)..(end + distance)]);
            same -= same % region.Unit;
            (here, score) = (here + same, score + same);
            if (score > best)
            {
                (best, bestEnd) = (score, here);
            }

            here += region.Unit;
            score -= region.Unit == 1 ? 3 : region.Entry * 3 / 2;
        }

        return bestEnd - at;
    }

    private int Equal(Region region, int at, int distance, int limit)
    {
        if (!Allowed(region, at, distance))
        {
            return 0;
        }

        var end = Math.Min(limit, oldImage.RegionAt(at + distance).End - distance);
        return end <= at ? 0 : fresh.Span[at..end].CommonPrefixLength(old.Span[(at + distance)..(end + distance)]);
    }

    private bool Allowed(Region region, int at, int distance) =>
        at + distance >= 0 && at + distance < old.Length
        && oldImage.RegionAt(at + distance) is { } source && source.Kind == region.Kind && (at + distance - (at - region.Offset) - source.Offset) % region.Entry == 0;

    private void Add(int at, int from, int length)
    {
        if (blocks.Count > 0 && blocks[^1] is var last && last.NewEnd == at && last.Delta == from - at
            && oldImage.RegionAt(last.Old) == oldImage.RegionAt(from))
        {
            blocks[^1] = last with { Length = last.Length + length };
        }
        else
        {
            blocks.Add(new(at, from, length));
        }
    }
}
