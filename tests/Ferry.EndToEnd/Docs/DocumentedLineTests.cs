using System.Runtime.Versioning;

namespace Ferry.EndToEnd.Docs;

/// <summary>What the documentation says to type, typed.</summary>
[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class DocumentedLineTests(DocumentedBoard board) : IClassFixture<DocumentedBoard>
{
    private static IEnumerable<DocumentedLine> All => Pages.Lines().Concat(HelpPages.All.SelectMany(page => Pages.Examples(page.Command, page.Text)));

    public static TheoryData<DocumentedLine> ToRun =>
        [.. All.Where(line => line.CallsFerry && !KnownLines.IsNotRun(line.Text)).DistinctBy(line => line.Text)];

    [Theory]
    [MemberData(nameof(ToRun))]
    public void A_documented_line_does_what_it_says(DocumentedLine line)
    {
        var (code, output) = KnownLines.Ends.GetValueOrDefault(line.Text, (0, ""));
        var result = board.Type(KnownLines.Typed(line.Text)).ShouldExitWith(code);
        result.Output.ShouldContain(output, Case.Sensitive, result.ToString());
    }

    [Fact]
    public void Every_other_line_is_known_with_the_reason_why_it_is_not_run() =>
        All.Where(line => !line.CallsFerry && !KnownLines.IsNotRun(line.Text)).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_known_that_no_page_has()
    {
        var lines = All.Select(line => line.Text).ToList();
        KnownLines.Ends.Keys.Concat(KnownLines.Names).Where(known => !lines.Contains(known)).ShouldBeEmpty();
        KnownLines.NotRun.Where(known => !lines.Any(line => line.StartsWith(known.Start, StringComparison.Ordinal))).ShouldBeEmpty();
        KnownLines.Placeholders.Where(known => !lines.Any(line => line.Contains(known.Word, StringComparison.Ordinal))).ShouldBeEmpty();
    }
}
