namespace Ferry.Commands;

/// <summary>The variables that <c>--env</c> sets for a program, over those of Cargo.toml.</summary>
internal static class ProgramVariables
{
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> project, IEnumerable<string> typed)
    {
        var all = new Dictionary<string, string>(project);
        foreach (var word in typed)
        {
            var (name, value) = Split(word);
            all[name] = value;
        }

        return all;
    }

    private static (string Name, string Value) Split(string word)
    {
        var equals = word.IndexOf('=');
        var name = equals < 0 ? word : word[..equals];
        if (name.Length == 0)
        {
            throw new FerryException($"'--env {word}' names no variable", help: "--env K=V sets K, --env K copies it from here", exit: ExitCode.WrongUsage);
        }

        return (name, equals >= 0 ? word[(equals + 1)..] : Environment.GetEnvironmentVariable(name) ?? throw new FerryException(
            $"'--env {name}' copies a variable that is not set here", help: $"give it a value: --env {name}=…", exit: ExitCode.WrongUsage));
    }
}
