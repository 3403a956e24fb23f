using Ferry.Benchmarks.Parts;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Pages;

/// <summary>Patches, links, memory, and what it was measured with.</summary>
internal static class OtherSections
{
    public static string Patches(BoardResults rows)
    {
        var table = new Table("", "bytes", "of the program's", "made cold, ms", "made warm, ms", "applied, ms");
        foreach (var what in rows.What)
        {
            double? Of(string quantity) => rows.Median(what, PatchPart.Who, quantity);
            table.Row(what, Show.Whole(Of("bytes")), Show.Whole(Of("bytes of the program")), Show.Ms(Of("made cold, ms")), Show.Ms(Of("made warm, ms")), Show.Ms(Of("applied on the board, ms")));
        }

        return $"{table}\n";
    }

    public static string Links(BoardResults rows)
    {
        var table = new Table("", "linker", "s", "MB here", "bytes", "gcc takes");
        foreach (var what in rows.What)
        {
            foreach (var who in rows.Who(what).Order(StringComparer.Ordinal))
            {
                var ratio = rows.Median(what, who, "ms") / rows.Median(what, LinksPart.ByFerry, "ms");
                table.Row(what, who, Show.Seconds(rows.Median(what, who, "ms")), Show.Mega(rows.Median(what, who, "kB here")), Show.Whole(rows.Median(what, who, "bytes")), who == LinksPart.ByFerry ? "" : Show.Times(ratio));
            }
        }

        return $"{table}\n";
    }

    public static string Memory(BoardResults rows)
    {
        var table = new Table("", "who", "peak of its processes on the board, MB");
        foreach (var what in rows.What)
        {
            foreach (var who in rows.Who(what))
            {
                table.Row(what, who == FerryRival.Name ? $"**{who}**" : who, string.Join(", ", rows.Of(what, who).OrderBy(row => row.Quantity, StringComparer.Ordinal).Select(row => $"{row.Quantity} {Show.Mega(row.Values.Max())}")));
            }
        }

        return $"{table}\n";
    }

    public static string Check(BoardResults rows)
    {
        var table = new Table("", "files", "MB", "MB/s");
        foreach (var what in rows.What)
        {
            double? Of(string quantity) => rows.Median(what, CheckPart.Who, quantity);
            table.Row(what, Show.Whole(Of("files")), Show.Whole(Of("MB")), Show.Whole(Of("MB/s")));
        }

        return $"{table}\n";
    }

    public static string Relay(BoardResults rows)
    {
        var table = new Table("", "round trip, ms", "there, Mbit/s", "back, Mbit/s");
        foreach (var what in rows.What)
        {
            double? Of(string quantity) => rows.Median(what, "relay", quantity);
            table.Row(what, Show.Number(Of("round trip, ms"), "0.00"), Show.Number(Of("there, Mbit/s"), "#,0.0"), Show.Number(Of("back, Mbit/s"), "#,0.0"));
        }

        return $"{table}\n";
    }

    public static string Machines(Results results)
    {
        var table = new Table("part", "machine", "load before", "after");
        foreach (var row in results.Rows.Where(row => row.Part == Machine.Part))
        {
            table.Row(row.Board.TrimEnd('-', ' '), row.What, Show.Number(row.Values[0], "0.0"), Show.Number(row.Values[1], "0.0"));
        }

        return $"{table}\n";
    }
}
