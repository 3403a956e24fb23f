namespace Ferry.Benchmarks.Pages;

/// <summary>Where rows, page and chart are: in the repository, or all in one other folder.</summary>
public sealed record ResultPlace(string Rows, string Page, string Chart)
{
    public static ResultPlace Of(string output) =>
        output.Length > 0
            ? new(Path.Combine(output, "results.tsv"), Path.Combine(output, "benchmarks.md"), Path.Combine(output, "benchmarks.svg"))
            : new(Path.Combine("bench", "results.tsv"), Path.Combine("docs", "benchmarks.md"), Path.Combine("docs", "benchmarks.svg"));

    public void Write(Results results)
    {
        File.WriteAllText(Page, BenchPage.Of(results, File.ReadAllText(Path.Combine("bench", "remarks.md"))));
        File.WriteAllText(Chart, BenchChart.Of(results));
    }
}
