using System.Globalization;
using System.Text.RegularExpressions;

namespace Ferry.Commands.Many;

/// <summary>How many tests passed, as libtest says at the end of each test program.</summary>
internal readonly partial record struct TestCounts(int Passed, int Failed, int Ignored)
{
    public static TestCounts operator +(TestCounts a, TestCounts b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Ignored + b.Ignored);

    /// <summary>Reads <c>test result: ok. 3 passed; 0 failed; 1 ignored; …</c>; null for any other line.</summary>
    public static TestCounts? Of(string line) =>
        ResultLine().Match(line) is { Success: true } found ? new(Number(found, 1), Number(found, 2), Number(found, 3)) : null;

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // With colours (--color always) the word is painted.
    [GeneratedRegex(@"^test result: \S+\. (\d{1,9}) passed; (\d{1,9}) failed; (\d{1,9}) ignored;", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ResultLine();
}
