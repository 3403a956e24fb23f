namespace Ferry.Benchmarks.Pages;

/// <summary>The rows of one part on one board.</summary>
internal sealed class BoardResults(Results results, string part, string board)
{
    private readonly List<ResultRow> rows = [.. results.Rows.Where(row => row.Part == part && row.Board == board)];

    public bool IsEmpty => rows is [];

    public IEnumerable<string> What => rows.Select(row => row.What).Distinct();

    public IEnumerable<string> Who(string what) => rows.Where(row => row.What == what).Select(row => row.Who).Distinct();

    public IEnumerable<ResultRow> Of(string what, string who) => rows.Where(row => row.What == what && row.Who == who);

    public IReadOnlyList<double> Values(string what, string who, string quantity) => Of(what, who).FirstOrDefault(row => row.Quantity == quantity)?.Values ?? [];

    public double? Median(string what, string who, string quantity) => Values(what, who, quantity) is { Count: > 0 } values ? Benchmarks.Median.Of(values) : null;

    /// <summary>The median over the rounds of what one has more than another one in the same round.</summary>
    public double? Difference(string what, string who, string other, string quantity) =>
        Values(what, who, quantity).Zip(Values(what, other, quantity), (mine, its) => mine - its).ToList() is { Count: > 0 } differences ? Benchmarks.Median.Of(differences) : null;
}
