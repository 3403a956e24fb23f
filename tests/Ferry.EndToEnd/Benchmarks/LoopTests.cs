using System.Xml.Linq;
using Ferry.Benchmarks;
using Ferry.Benchmarks.Pages;
using Ferry.Lab;

namespace Ferry.EndToEnd.Benchmarks;

/// <summary>bench/loop itself, with its smallest part: it needs no board. Whether its figures are good, no test says.</summary>
public sealed class LoopTests : IDisposable
{
    private readonly TemporaryFolder output = new();

    private static string Results => Repository.PathOf("bench", "results.tsv");

    public void Dispose() => output.Dispose();

    [Fact]
    public void It_puts_a_part_beside_what_was_measured_before_and_writes_page_and_chart()
    {
        List<string> before = ["edit\tpi4\tripgrep, debug\tscp\tms\t41000\t41200", "edit\tpi4\tripgrep, debug\tFerry\tms\t400\t500\t410", "edit\tpi4\tripgrep, debug\tFerry\tbytes there\t30000"];
        File.WriteAllLines(output["results.tsv"], before);

        Loop("--output", output.Path, "relay").ShouldExitWith(0);

        var rows = File.ReadAllLines(output["results.tsv"]);
        rows[..before.Count].ShouldBe(before);
        rows.Count(row => row.StartsWith("relay\t-\tshaped\t", StringComparison.Ordinal)).ShouldBe(3);
        var page = File.ReadAllText(output["benchmarks.md"]);
        page.ShouldContain("## The link");
        page.ShouldContain("## From edit to first output (pi4)");
        page.ShouldContain("| scp | 41.1 |");
        page.ShouldContain("100 ×");
        page.ShouldContain("(benchmarks.svg)");
        Tables(page).ShouldAllBe(table => table.Select(row => row.Count(letter => letter == '|')).Distinct().Count() == 1);
        var chart = XDocument.Load(output["benchmarks.svg"]);
        chart.Root!.Name.LocalName.ShouldBe("svg");
        chart.Descendants().Count(element => element.Name.LocalName == "rect").ShouldBe(3); // the ground, and two bars
    }

    [Fact]
    public void What_was_measured_is_left_when_only_the_rest_is_asked_for()
    {
        string[] measured = ["relay\t-\tshaped\trelay\tround trip, ms\t20.5", "machine\trelay -\ta machine\tthis machine\tload\t0.1\t0.2"];
        File.WriteAllLines(output["results.tsv"], measured);

        var loop = Loop("--output", output.Path, "--resume", "relay").ShouldExitWith(0);

        loop.Errors.ShouldContain("relay: measured before");
        File.ReadAllLines(output["results.tsv"]).ShouldBe(measured);
    }

    [Theory]
    [InlineData("nonsense", "'nonsense' is not understood")]
    [InlineData("--board", "'--board' is not understood")]
    public void What_it_does_not_understand_it_refuses(string word, string says)
    {
        var loop = Loop(word).ShouldExitWith(1);
        loop.Errors.ShouldContain(says);
        loop.Errors.ShouldContain("usage: bench/loop");
    }

    [Fact]
    public void The_page_and_the_chart_say_what_the_figures_say()
    {
        var results = new Results(Results);
        var page = BenchPage.Of(results, File.ReadAllText(Repository.PathOf("bench", "remarks.md")));
        var same = File.ReadAllText(Repository.PathOf("docs", "benchmarks.md")) == page && File.ReadAllText(Repository.PathOf("docs", "benchmarks.svg")) == BenchChart.Of(results);
        same.ShouldBeTrue("bench/results.tsv, bench/remarks.md or the page's words have changed; this writes docs/benchmarks.* anew: bench/loop --resume relay");
    }

    private static IEnumerable<List<string>> Tables(string page) =>
        page.Split("\n\n").Where(block => block.StartsWith('|')).Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeWhile(row => row.StartsWith('|')).ToList());

    private static RunResult Loop(params string[] words) =>
        Run.Process(Repository.PathOf("bench", "loop"), words, environment: [new("FERRY_BENCH", Repository.PathOf("artifacts", "bin", "Ferry.Benchmarks", "debug", "Ferry.Benchmarks"))]);
}
