using System.Globalization;

namespace Ferry.Benchmarks;

/// <param name="Part">Which part of the measurement.</param>
/// <param name="Board">On which board.</param>
/// <param name="What">Which case: a program, a link.</param>
/// <param name="Who">Which rival.</param>
/// <param name="Quantity">And its unit.</param>
/// <param name="Values">One for each round, in their order.</param>
public sealed record ResultRow(string Part, string Board, string What, string Who, string Quantity, IReadOnlyList<double> Values)
{
    public static ResultRow Parse(string line) =>
        line.Split('\t') is [var part, var board, var what, var who, var quantity, .. var values]
            ? new(part, board, what, who, quantity, [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))])
            : throw new FormatException($"no row of results: {line}");

    public override string ToString() =>
        string.Join('\t', [Part, Board, What, Who, Quantity, .. Values.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture))]);
}
