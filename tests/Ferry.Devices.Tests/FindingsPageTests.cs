using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>docs/reference/findings.md and the table of the code say the same.</summary>
public class FindingsPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathOf("docs", "reference", "findings.md"));

    public static TheoryData<string> Ids => [.. FindingKinds.All.Select(kind => kind.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_finding_has_its_row_and_an_example(string id)
    {
        var kind = FindingKinds.All.Single(kind => kind.Id == id);
        Page.ShouldContain($"| [`{kind.Id}`](#{kind.Id}) | {Word(kind.Severity)} | {kind.What} |");
        var section = Page.SkipWhile(line => line != $"### {kind.Id}").Skip(1).TakeWhile(line => !line.StartsWith('#')).ToList();
        section.ShouldContain($"Remedy: {kind.Remedy}.");
        section.ShouldContain(line => line.StartsWith($"    {Word(kind.Severity)}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_no_finding_that_is_not_in_the_table() =>
        Page.Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..]).ShouldBe(FindingKinds.All.Select(kind => kind.Id));

    private static string Word(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };
}
