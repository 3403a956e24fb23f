using Ferry.Benchmarks.Parts;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Pages;

/// <summary>What was aimed at, beside what was measured.</summary>
internal static class Aims
{
    public static string Of(Results results, string board) => $"{OfPrograms(results, board)}\n{OfRuns(results, board)}{OfDebugging(results, board)}";

    private static string OfPrograms(Results results, string board)
    {
        var (edit, patch) = (new BoardResults(results, "edit", board), new BoardResults(results, "patch", board));
        var programs = edit.What.Union(patch.What).ToList();
        var table = new Table(["one statement edited", .. programs]);
        void Row(string aim, Func<string, double?> measured, Func<double, bool> met, Func<double?, string> show) => table.Row([aim, .. programs.Select(what => Cell(measured(what), met, show))]);
        Func<string, double?> Faster(string rival) => what => edit.Median(what, rival, "ms") / edit.Median(what, FerryRival.Name, "ms");
        Func<string, double?> Patch(string quantity) => what => patch.Median(what, PatchPart.Who, quantity);

        // As cargo built it, over connections of its own: what people's scripts do.
        Row("first output 20 times sooner than by scp, then ssh", Faster("scp"), ratio => ratio >= 20, Show.Times);
        Row("5 times sooner than by rsync -z, then ssh", Faster("rsync -z"), ratio => ratio >= 5, Show.Times);
        Row("5 times sooner than the best rival (rsync -z, stripped, master)", Faster("rsync -z, stripped, master"), ratio => ratio >= 5, Show.Times);
        Row("patch of at most 60,000 bytes", Patch("bytes"), bytes => bytes <= 60_000, Show.Whole);
        Row("made in 150 ms, the first of its process", Patch("made cold, ms"), ms => ms <= 150, ms => $"{Show.Ms(ms)} ms");
        Row("applied on the board in 150 ms", Patch("applied on the board, ms"), ms => ms <= 150, ms => $"{Show.Ms(ms)} ms");
        return table.ToString();
    }

    private static string OfRuns(Results results, string board)
    {
        var (unchanged, calls) = (new BoardResults(results, "unchanged", board), new BoardResults(results, "calls", board));
        double? More(string what) => unchanged.Difference(what, UnchangedPart.Runner, UnchangedPart.Bare, "ms");
        return new Table("nothing edited, more than bare ssh", "measured")
            .Row("an unchanged program, shaped link: at most 50 ms", Cell(More("shaped link"), ms => ms <= 50, ms => $"{Show.Ms(ms)} ms"))
            .Row("an unchanged program, open link: at most 50 ms", Cell(More("open link"), ms => ms <= 50, ms => $"{Show.Ms(ms)} ms"))
            .Row("each of many calls of a test program: at most 40 ms", Cell(calls.Difference(CallsPart.What, CallsPart.Runner, CallsPart.Bare, "ms"), ms => ms <= 40, ms => $"{Show.Ms(ms)} ms"))
            .ToString();
    }

    private static string OfDebugging(Results results, string board)
    {
        var debug = new BoardResults(results, "debug", board);
        double? Faster(string what) => debug.Median(what, DebugPart.Template, "ms") / debug.Median(what, DebugPart.Ours, "ms");
        return debug.IsEmpty ? "" : "\n" + new Table("debugging", "measured")
            .Row("the prompt at main 5 times sooner than by scp, ssh -L, gdbserver, gdb, open link", Cell(Faster("open link"), ratio => ratio >= 5, Show.Times))
            .Row("the same, shaped link", Cell(Faster("shaped link"), ratio => ratio >= 5, Show.Times))
            .ToString();
    }

    private static string Cell(double? measured, Func<double, bool> met, Func<double?, string> show) =>
        measured is { } value ? $"{show(value)}{(met(value) ? "" : " **no**")}" : Show.None;
}
