using System.Globalization;
using System.Text;

namespace Ferry.Devices;

/// <summary>
/// The output of device/probe.sh as key=value lines. It comes over the network from a device that may be broken or hostile,
/// behind whatever its login shell prints: so it is searched for its markers, cleaned, and never trusted to be well-formed.
/// </summary>
public sealed class ProbeReport
{
    /// <summary>The line before the report.</summary>
    public const string Begin = "==ferry-probe==";

    /// <summary>The line behind it, without which it was cut short.</summary>
    public const string End = "==ferry-probe-end==";

    private const int LongestLine = 1 << 20;
    private const int MostLines = 100_000;

    private readonly Dictionary<string, List<string>> lines = [];

    private ProbeReport()
    {
    }

    /// <summary>Reads a report into what is known of the device.</summary>
    /// <exception cref="ProbeReportException">There is no report in it, or not a whole one.</exception>
    public static DeviceProfile Parse(ReadOnlySpan<byte> output) => ProbeFacts.Gather(Read(output));

    /// <summary>Splits a report into its keys.</summary>
    /// <exception cref="ProbeReportException">There is no report in it, or not a whole one.</exception>
    internal static ProbeReport Read(ReadOnlySpan<byte> output)
    {
        // A chatty login script may echo the script itself, so the marker counts only as a whole line, and the last one wins.
        var text = Encoding.UTF8.GetString(output).Split('\n', MostLines);
        var begin = Array.FindLastIndex(text, line => line.TrimEnd('\r') == Begin);
        if (begin < 0)
        {
            throw new ProbeReportException("the device's answer holds no report");
        }

        var end = Array.FindIndex(text, begin, line => line.TrimEnd('\r') == End);
        if (end < 0)
        {
            throw new ProbeReportException($"the device's report was cut short after {text.Length - begin - 1} lines");
        }

        var report = new ProbeReport();
        foreach (var line in text[(begin + 1)..end])
        {
            report.Add(line);
        }

        return report.First("probe") == "1" ? report : throw new ProbeReportException("the device's report is of an unknown shape");
    }

    /// <summary>The first value of a key that is not empty, or null.</summary>
    internal string? First(string key) => All(key) is [var first, ..] ? first : null;

    /// <summary>Every value of a key that is not empty, in the order of the report.</summary>
    internal IReadOnlyList<string> All(string key) => lines.TryGetValue(key, out var values) ? values : [];

    /// <summary>The first value of a key as a decimal number that is not negative, or null.</summary>
    internal long? Number(string key) =>
        ProbeFacts.Number(First(key));

    private void Add(string line)
    {
        var at = line.IndexOf('=');
        if (at <= 0 || line.Length > LongestLine)
        {
            return;
        }

        var value = Clean(line[(at + 1)..]);
        if (value.Length == 0)
        {
            return;
        }

        if (!lines.TryGetValue(line[..at], out var values))
        {
            lines[line[..at]] = values = [];
        }

        values.Add(value);
    }

    /// <summary>No control or formatting character of a device reaches a terminal or a file: they become blanks, and outer blanks go.</summary>
    private static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            clean.Append(category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }
}
