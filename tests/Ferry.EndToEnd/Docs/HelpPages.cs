using Ferry.Lab;

namespace Ferry.EndToEnd.Docs;

/// <summary>The help of every command, found by reading the pages themselves.</summary>
public static class HelpPages
{
    private static readonly Lazy<IReadOnlyList<(string Command, string Text)>> Read = new(() => [.. Below("ferry")]);

    public static IReadOnlyList<(string Command, string Text)> All => Read.Value;

    private static IEnumerable<(string Command, string Text)> Below(string command)
    {
        var text = Run.Process(FerryTool.Path, [.. command.Split(' ').Skip(1), "--help"]).ShouldExitWith(0).Output;
        var verbs = text.Split('\n').SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0]);
        return [(command, text), .. verbs.SelectMany(verb => Below($"{command} {verb}"))];
    }
}
