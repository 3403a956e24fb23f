using System.Text.RegularExpressions;

namespace Ferry.Toolchain.CargoFiles;

/// <summary>
/// A <c>.cargo/config.toml</c> as lines. What Ferry wrote ends with a mark, and is Ferry's to change; all other lines stay as they are. TOML itself is not
/// understood here: whether the result says what it should is for cargo to tell (<see cref="CargoFileReading"/>).
/// </summary>
internal static class CargoFileText
{
    public const string Mark = "# by ferry init";

    /// <summary>The file without what Ferry wrote in it.</summary>
    public static string Without(string text)
    {
        var kept = new List<string>();
        foreach (var line in text.Split('\n').Where(line => !IsMarked(line) || IsHeading(line)))
        {
            if (IsHeading(line) || line.Trim().Length > 0)
            {
                RemoveEmptyTable(kept, isNextHeading: IsHeading(line));
            }

            kept.Add(line);
        }

        RemoveEmptyTable(kept, isNextHeading: true);
        return string.Join('\n', kept);
    }

    /// <summary>The file with these entries: below the headings that are there, or at the end.</summary>
    public static string With(string text, IEnumerable<CargoEntry> entries)
    {
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        foreach (var table in entries.GroupBy(entry => entry.Heading))
        {
            var lines = string.Concat(table.Select(entry => $"{entry.Line} {Mark}{end}"));
            var heading = Regex.Match(text, HeadingPattern(table.First().Table), RegexOptions.Multiline, TimeSpan.FromSeconds(1));
            text = heading.Success
                ? text[..heading.Index] + WithEnd(heading.Value, end) + lines + text[(heading.Index + heading.Length)..]
                : (text.Trim().Length == 0 ? "" : WithEnd(text, end) + end) + $"{table.Key} {Mark}{end}" + lines;
        }

        return text;
    }

    private static string WithEnd(string text, string end) => text.EndsWith('\n') ? text : text + end;

    private static bool IsMarked(string line) => line.TrimEnd().EndsWith(Mark, StringComparison.Ordinal);

    private static bool IsHeading(string line) => line.TrimStart().StartsWith('[');

    /// <summary>A heading of Ferry's under which nothing is left goes, with the empty line before it.</summary>
    private static void RemoveEmptyTable(List<string> lines, bool isNextHeading)
    {
        var last = lines.FindLastIndex(line => line.Trim().Length > 0);
        if (!isNextHeading || last < 0 || !IsHeading(lines[last]) || !IsMarked(lines[last]))
        {
            return;
        }

        lines.RemoveAt(last);
        if (last > 0 && last == lines.FindLastIndex(line => line.Trim().Length > 0) + 2)
        {
            lines.RemoveAt(last - 1);
        }
    }

    /// <summary>The line of a table's heading, its names bare or in quotes of either kind.</summary>
    private static string HeadingPattern(IReadOnlyList<string> table) =>
        @"^[ \t]*\[[ \t]*" + string.Join(@"[ \t]*\.[ \t]*", table.Select(name => $"[\"']?{Regex.Escape(name)}[\"']?")) + @"[ \t]*\][ \t]*(#[^\n]*)?\r?(\n|\z)";
}
