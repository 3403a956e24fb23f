using Ferry.Benchmarks.Parts;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Pages;

/// <summary>What was aimed at, beside what was measured. Of several programs the worst one counts.</summary>
internal static class Aims
{
    public static string Of(Results results, string board)
    {
        var table = new Table("aim", "measured", "met");
        var edit = new BoardResults(results, "edit", board);
        // As cargo built it, over connections of its own: what people's scripts do.
        AtLeast(table, "edit to first output: 20 times faster than scp, then ssh", 20, Worst(edit, "scp"));
        AtLeast(table, "… 5 times faster than rsync -z, then ssh", 5, Worst(edit, "rsync -z"));
        AtLeast(table, "… and than the best rival: stripped, rsync -z, master", 5, Worst(edit, "rsync -z, stripped, master"));
        var unchanged = new BoardResults(results, "unchanged", board);
        Below(table, "unchanged program: 50 ms more than bare ssh, shaped link", 50, unchanged.Difference("shaped link", UnchangedPart.Runner, UnchangedPart.Bare, "ms"), "ms");
        Below(table, "… open link", 50, unchanged.Difference("open link", UnchangedPart.Runner, UnchangedPart.Bare, "ms"), "ms");
        var calls = new BoardResults(results, "calls", board);
        Below(table, "calls of a test program: 40 ms more each than plain ssh", 40, calls.Difference(CallsPart.What, CallsPart.Runner, CallsPart.Bare, "ms"), "ms");
        var patch = new BoardResults(results, "patch", board);
        Below(table, "patch: at most 60,000 bytes", 60_000, Largest(patch, "bytes"), "bytes");
        Below(table, "… made in less than 150 ms, by a process that has just begun", 150, Largest(patch, "made cold, ms"), "ms");
        Below(table, "… applied on the board in less than 150 ms", 150, Largest(patch, "applied on the board, ms"), "ms");
        return table.ToString();
    }

    private static double? Worst(BoardResults edit, string rival) =>
        edit.What.Select(what => edit.Median(what, rival, "ms") / edit.Median(what, FerryRival.Name, "ms")).Min();

    private static double? Largest(BoardResults patch, string quantity) => patch.What.Select(what => patch.Median(what, PatchPart.Who, quantity)).Max();

    private static void AtLeast(Table table, string aim, double wanted, double? got) => table.Row(aim, Show.Times(got), Met(got >= wanted, got));

    private static void Below(Table table, string aim, double limit, double? got, string unit) => table.Row(aim, $"{Show.Ms(got)} {unit}", Met(got <= limit, got));

    private static string Met(bool met, double? got) => got is null ? Show.None : met ? "yes" : "no";
}
