using System.CommandLine.Parsing;

namespace Ferry.Commands;

/// <summary>The devices that <c>--on</c> names: one, or several with commas between them or with <c>--on</c> repeated.</summary>
internal static class DeviceNames
{
    private const string Option = "--on";

    public static IReadOnlyList<string> Of(IEnumerable<string> values) => [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))];

    /// <summary>An empty name (a script's variable that is not set, say) and one that comes twice are errors.</summary>
    public static void Check(OptionResult result)
    {
        var names = Of(result.Tokens.Select(token => token.Value));
        if (names.Contains(""))
        {
            result.AddError(names.Count == 1 ? $"'{Option}' is given an empty name" : $"'{Option}' is given an empty name among others");
        }
        else if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            result.AddError(Twice(twice.Key));
        }
    }

    public static string Twice(string name) => $"'{Option}' names '{name}' twice";

    public static IReadOnlyList<string> LeftOut(IEnumerable<string> words)
    {
        var (left, isName) = (new List<string>(), false);
        foreach (var word in words)
        {
            if (!isName && word != Option)
            {
                left.Add(word);
            }

            isName = !isName && word == Option;
        }

        return left;
    }
}
