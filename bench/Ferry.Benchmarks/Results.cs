namespace Ferry.Benchmarks;

/// <summary>
/// Everything that was measured, as rows of a plain file, from which the page and the chart are written:
/// <c>part, board, what, who, quantity, values…</c>, separated by tabs. A part that is measured again takes the place of its rows.
/// </summary>
public sealed class Results(string file)
{
    private readonly List<ResultRow> rows = File.Exists(file) ? [.. File.ReadLines(file).Select(ResultRow.Parse)] : [];

    public IReadOnlyList<ResultRow> Rows => rows;

    public bool Holds(string part, string board, string? what = null) => rows.Exists(row => row.Part == part && row.Board == board && (what is null || row.What == what));

    public void Forget(string part, string board) => rows.RemoveAll(row => row.Part == part && row.Board == board);

    /// <summary>One more value of a row, or its first.</summary>
    public void Append(string part, string board, string what, string who, string quantity, double value)
    {
        var at = rows.FindIndex(row => row.Part == part && row.Board == board && row.What == what && row.Who == who && row.Quantity == quantity);
        if (at < 0)
        {
            rows.Add(new(part, board, what, who, quantity, [value]));
        }
        else
        {
            rows[at] = rows[at] with { Values = [.. rows[at].Values, value] };
        }
    }

    /// <summary>Null when that was not measured.</summary>
    public ResultRow? Find(string part, string board, string what, string who, string quantity) =>
        rows.FirstOrDefault(row => row.Part == part && row.Board == board && row.What == what && row.Who == who && row.Quantity == quantity);

    public double? Median(string part, string board, string what, string who, string quantity) =>
        Find(part, board, what, who, quantity) is { Values.Count: > 0 } row ? Benchmarks.Median.Of(row.Values) : null;

    /// <summary>Written beside and renamed: never half a file.</summary>
    public void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllLines(file + ".part", rows.Select(row => row.ToString()));
        File.Move(file + ".part", file, overwrite: true);
    }
}
