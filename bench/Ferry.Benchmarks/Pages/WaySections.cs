using Ferry.Benchmarks.Parts;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Pages;

/// <summary>What is about getting a program to the board.</summary>
internal static class WaySections
{
    public static string Edit(BoardResults rows)
    {
        var text = "";
        foreach (var what in rows.What)
        {
            var ours = rows.Median(what, FerryRival.Name, "ms");
            var table = new Table($"**{what}**", "s", "bytes there", "bytes back", "Ferry is faster", "MB here", "runs");
            foreach (var who in rows.Who(what).OrderByDescending(who => rows.Median(what, who, "ms")))
            {
                var ms = rows.Median(what, who, "ms");
                table.Row(
                    Bold(who), Show.Seconds(ms), Show.Whole(rows.Median(what, who, "bytes there")), Show.Whole(rows.Median(what, who, "bytes back")),
                    who == FerryRival.Name ? "" : Show.Times(ms / ours), Show.Mega(rows.Median(what, who, "kB here")), $"{rows.Values(what, who, "ms").Count}");
            }

            text += $"{table}\n";
        }

        return text;
    }

    public static string First(BoardResults rows)
    {
        var text = "";
        foreach (var what in rows.What)
        {
            var table = new Table($"**{what}**", "s", "bytes there", "bytes back", "MB here", "runs");
            foreach (var who in rows.Who(what))
            {
                table.Row(
                    Bold(who), Show.Seconds(rows.Median(what, who, "ms")), Show.Whole(rows.Median(what, who, "bytes there")), Show.Whole(rows.Median(what, who, "bytes back")),
                    Show.Mega(rows.Median(what, who, "kB here")), $"{rows.Values(what, who, "ms").Count}");
            }

            text += $"{table}\n";
        }

        return text;
    }

    public static string Unchanged(BoardResults rows)
    {
        var text = "";
        foreach (var what in rows.What)
        {
            var table = new Table($"**{what}**", "ms", "more than bare", "bytes");
            foreach (var who in rows.Who(what))
            {
                var compares = who is not (UnchangedPart.Bare or UnchangedPart.Cargo or UnchangedPart.UntilCargo);
                table.Row(
                    Code(who), Show.Ms(rows.Median(what, who, "ms")), compares ? Show.Ms(rows.Difference(what, who, UnchangedPart.Bare, "ms")) : "",
                    rows.Median(what, who, "bytes") is > 0 and var bytes ? Show.Whole(bytes) : "");
            }

            text += $"{table}\n";
        }

        return text;
    }

    public static string Calls(BoardResults rows)
    {
        var table = new Table("", "median, ms", "mean, ms", "slowest, ms", "calls");
        foreach (var who in rows.Who(CallsPart.What))
        {
            var values = rows.Values(CallsPart.What, who, "ms");
            table.Row(who, Show.Ms(rows.Median(CallsPart.What, who, "ms")), Show.Ms(values.Average()), Show.Ms(values.Max()), $"{values.Count}");
        }

        var more = rows.Difference(CallsPart.What, CallsPart.Runner, CallsPart.Bare, "ms");
        return $"{table}\nFerry takes {Show.Ms(more)} ms more for each (the median of the differences of neighbours).\n\n";
    }

    public static string Debug(BoardResults rows)
    {
        var text = "";
        foreach (var what in rows.What)
        {
            var ours = rows.Median(what, DebugPart.Ours, "ms");
            var table = new Table($"**{what}**", "s", "Ferry is faster", "bytes", "runs");
            foreach (var who in rows.Who(what))
            {
                var ms = rows.Median(what, who, "ms");
                table.Row(
                    who == DebugPart.Ours ? $"**`{who}`**" : who, Show.Seconds(ms), who == DebugPart.Ours ? "" : Show.Times(ms / ours),
                    rows.Median(what, who, "bytes") is > 0 and var bytes ? Show.Whole(bytes) : "", $"{rows.Values(what, who, "ms").Count}");
            }

            text += $"{table}\n";
        }

        return text;
    }

    private static string Bold(string who) => who == FerryRival.Name ? $"**{who}**" : who;

    private static string Code(string who) => who.StartsWith("ferry run", StringComparison.Ordinal) ? $"`ferry run`{who["ferry run".Length..]}" : who;
}
