using System.Globalization;
using System.Text;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Pages;

/// <summary>
/// docs/benchmarks.svg: a bar for each rival, from edit to first output. The axis is linear and begins at zero, or the bars would lie; what is then
/// too short to be seen has its figure beside it.
/// </summary>
public static class BenchChart
{
    private const int Width = 860;
    private const int NameWidth = 190;
    private const int FigureWidth = 150;
    private const int RowHeight = 20;
    private const int Top = 62;
    private const int Gap = 22;

    private const string Style = """
        <style>
          .page { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #24292f }
          .title { font-size: 17px; font-weight: 600 } .case { font-weight: 600 } .quiet { fill: #57606a }
          .bar { fill: #8c959f } .ferry { fill: #0a7f5a } .name { text-anchor: end } .axis { stroke: #d0d7de }
          @media (prefers-color-scheme: dark) {
            .page { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9198a1 } .bar { fill: #6e7681 } .ferry { fill: #2fbf8f } .axis { stroke: #3d444d }
          }
        </style>
        """;

    public static string Of(Results results)
    {
        var board = results.Rows.FirstOrDefault(row => row.Part == "edit")?.Board ?? "pi4";
        var rows = new BoardResults(results, "edit", board);
        var body = new StringBuilder();
        var y = Top;
        foreach (var what in rows.What)
        {
            y = Panel(body, rows, what, y) + Gap;
        }

        var height = y - (rows.IsEmpty ? 0 : Gap) + 20;
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" aria-label="Edit to first output, in seconds">
            {Style}
            <rect class="page" width="{Width}" height="{height}" rx="6"/>
            <text class="title" x="16" y="26">From edit to first output, in seconds</text>
            <text class="quiet" x="16" y="46">emulated {board}, 10 Mbit/s, 20 ms round trip; shorter is better; linear axes, each panel its own; in brackets: bytes on the wire</text>
            {body}</svg>

            """.ReplaceLineEndings("\n");
    }

    private static int Panel(StringBuilder body, BoardResults rows, string what, int y)
    {
        var rivals = rows.Who(what).OrderByDescending(who => rows.Median(what, who, "ms")).ToList();
        var longest = rows.Median(what, rivals[0], "ms")!.Value;
        body.Append(CultureInfo.InvariantCulture, $"<text class=\"case\" x=\"16\" y=\"{y + 14}\">{what}</text>\n");
        y += 24;
        body.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{NameWidth}\" x2=\"{NameWidth}\" y1=\"{y - 2}\" y2=\"{y + rivals.Count * RowHeight}\"/>\n");
        foreach (var who in rivals)
        {
            var ms = rows.Median(what, who, "ms")!.Value;
            var width = Math.Max(1, ms / longest * (Width - NameWidth - FigureWidth));
            var bytes = rows.Median(what, who, "bytes there") + rows.Median(what, who, "bytes back");
            body.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"{NameWidth - 8}\" y=\"{y + 14}\">{who}</text>\n");
            body.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(who == FerryRival.Name ? "ferry" : "bar")}\" x=\"{NameWidth}\" y=\"{y + 3}\" width=\"{width:0.#}\" height=\"{RowHeight - 6}\"/>\n");
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"{NameWidth + width + 6:0.#}\" y=\"{y + 14}\">{Show.Seconds(ms)} <tspan class=\"quiet\">({Size(bytes)})</tspan></text>\n");
            y += RowHeight;
        }

        return y;
    }

    private static string Size(double? bytes) => bytes >= 1e6 ? $"{Show.Number(bytes / 1e6, "0.0")} MB" : $"{Show.Number(bytes / 1e3, "0")} kB";
}
