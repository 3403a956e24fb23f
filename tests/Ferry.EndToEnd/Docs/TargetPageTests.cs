using Ferry.EndToEnd.Matrix;
using Ferry.Lab;

namespace Ferry.EndToEnd.Docs;

/// <summary>docs/reference/targets.md is written by the tests that run everything on it; its table of targets is Ferry's own in the meantime.</summary>
public class TargetPageTests
{
    [Fact]
    public void The_table_of_targets_is_that_of_Ferry() =>
        Rows(File.ReadAllText(Repository.PathOf("docs", "reference", "targets.md"))).ShouldBe(Rows(MatrixPage.Of([])));

    /// <summary>Without the last column, which says what ran.</summary>
    private static List<string> Rows(string page) =>
        [.. page.Split("## What ran where")[0].Split('\n').Where(line => line.StartsWith('|')).Select(line => line[..line.TrimEnd('|', ' ').LastIndexOf('|')])];
}
