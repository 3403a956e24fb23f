using System.Globalization;

namespace Ferry.Terminal;

/// <summary>Names and sizes: bars on a terminal; elsewhere the bytes, their share and the name in plain columns, for grep, sort and awk.</summary>
internal static class BarChart
{
    private const int NumberColumns = 8;
    private const int ShareColumns = 6;
    private const int Gaps = 2 + 2 + 2 + 2;
    private static readonly string[] Eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

    /// <param name="rows">The largest first.</param>
    /// <param name="whole">What 100 % are.</param>
    /// <param name="style">Of the page.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<(string Name, ulong Size)> rows, ulong whole, PageStyle style)
    {
        var largest = Math.Max(1, rows.Select(row => row.Size).DefaultIfEmpty().Max());
        if (style.Columns is not { } columns)
        {
            return rows.Select(row => $"  {row.Size,12} {Share(row.Size, whole),ShareColumns}  {row.Name}");
        }

        var bar = columns / 6;
        var room = columns - Gaps - NumberColumns - ShareColumns - bar;
        var width = Math.Min(room, rows.Select(row => row.Name.Length).DefaultIfEmpty().Max());
        return rows.Select(row =>
            $"  {TextLines.Cut(row.Name, width).PadRight(width)}  {Sizes.Text((long)row.Size),NumberColumns}  {Share(row.Size, whole),ShareColumns}  {style.Bar(Drawn((double)row.Size / largest * bar))}".TrimEnd());
    }

    private static string Share(ulong size, ulong whole) => whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * size / whole:0.0}%");

    private static string Drawn(double columns) => new string('█', (int)columns) + Eighths[(int)((columns - (int)columns) * 8)];
}
