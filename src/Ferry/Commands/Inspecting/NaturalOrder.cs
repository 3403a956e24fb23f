namespace Ferry.Commands.Inspecting;

/// <summary>Versions as people count: GLIBC_2.4 before GLIBC_2.34.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var one = x.AsSpan();
        var other = y.AsSpan();
        while (one.Length > 0 && other.Length > 0)
        {
            var order = Number(one) is var (a, length) && Number(other) is var (b, itsLength) && length > 0 && itsLength > 0
                ? Step(ref one, ref other, length, itsLength, a.CompareTo(b)) : Step(ref one, ref other, 1, 1, one[0].CompareTo(other[0]));
            if (order != 0)
            {
                return order;
            }
        }

        return one.Length.CompareTo(other.Length);
    }

    private static int Step(ref ReadOnlySpan<char> one, ref ReadOnlySpan<char> other, int length, int itsLength, int order)
    {
        one = one[length..];
        other = other[itsLength..];
        return order;
    }

    private static (ulong Value, int Length) Number(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
        return ulong.TryParse(text[..length], out var value) ? (value, length) : (0, 0);
    }
}
