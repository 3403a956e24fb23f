namespace Ferry.Packages.Formats;

/// <summary>The lengths of matches: 3 bits for short ones, 3 for middling ones, 8 for long ones.</summary>
internal sealed class LzmaLength
{
    private const int Short = 8;

    private readonly ushort[] choice = new ushort[2];
    private readonly ushort[] low = new ushort[16 * Short];
    private readonly ushort[] middle = new ushort[16 * Short];
    private readonly ushort[] high = new ushort[256];

    public void Reset()
    {
        foreach (var table in (ushort[][])[choice, low, middle, high])
        {
            Array.Fill(table, RangeDecoder.Even);
        }
    }

    public int Decode(ref RangeDecoder range, int position) =>
        range.Bit(ref choice[0]) == 0 ? range.Tree(low.AsSpan(position * Short, Short), 3)
        : range.Bit(ref choice[1]) == 0 ? Short + range.Tree(middle.AsSpan(position * Short, Short), 3)
        : Short + Short + range.Tree(high, 8);
}
