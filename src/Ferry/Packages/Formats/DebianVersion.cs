namespace Ferry.Packages.Formats;

/// <summary>Which of two versions is newer: Debian Policy 5.6.12, epoch, upstream version, revision.</summary>
internal sealed class DebianVersion : IComparer<string>
{
    public static DebianVersion Order { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Split(x ?? ""), Split(y ?? ""));
        return left.Epoch != right.Epoch ? left.Epoch.CompareTo(right.Epoch)
            : Part(left.Upstream, right.Upstream) is not 0 and var order ? order
            : Part(left.Revision, right.Revision);
    }

    private static (int Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':');
        var epoch = colon > 0 && int.TryParse(version.AsSpan(0, colon), out var number) ? number : 0;
        var rest = version[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        return dash < 0 ? (epoch, rest, "") : (epoch, rest[..dash], rest[(dash + 1)..]);
    }

    // By turns: what is no digit, where "~" is before everything, even the end, and letters before the rest; then a number.
    private static int Part(string left, string right)
    {
        int i = 0, k = 0;
        while (i < left.Length || k < right.Length)
        {
            while ((i < left.Length && !char.IsAsciiDigit(left[i])) || (k < right.Length && !char.IsAsciiDigit(right[k])))
            {
                var order = Weight(left, i).CompareTo(Weight(right, k));
                if (order != 0)
                {
                    return order;
                }

                (i, k) = (i + 1, k + 1);
            }

            var one = Number(left, ref i);
            var other = Number(right, ref k);
            var larger = one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
            if (larger != 0)
            {
                return larger;
            }
        }

        return 0;
    }

    private static int Weight(string text, int at) =>
        at >= text.Length || char.IsAsciiDigit(text[at]) ? 0 : text[at] == '~' ? -1 : char.IsAsciiLetter(text[at]) ? text[at] : text[at] + 256;

    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        while (at < text.Length && text[at] == '0')
        {
            at++;
        }

        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start);
    }
}
