using System.CommandLine;
using System.CommandLine.Parsing;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>A command line that cannot be understood: to stderr, with what was probably meant.</summary>
internal static class WrongUsage
{
    public static int Report(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var page = command is RootCommand ? "ferry --help" : $"ferry {Path(command)} --help";
        var unknown = OptionTakenForArgument(parsed) ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null);
        if (unknown is null && Missing(parsed) is { } argument)
        {
            Errors.Print($"<{argument.Name}> is missing: {HelpPage.Usage(command)}", (command as Verb)?.Examples is [var example, ..] ? $"for example: {example}" : $"see: {page}");
        }
        else if (unknown is null)
        {
            var message = parsed.Errors.Select(e => e.Message).FirstOrDefault() ?? "this command line is not understood";
            Errors.Print(Lower(message.TrimEnd('.')), $"see: {page}");
        }
        else
        {
            var kind = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            Errors.Print($"unexpected {kind} '{unknown}'", Spelling.Nearest(unknown, Candidates(command)) is { } near ? $"did you mean '{near}'? see: {page}" : $"see: {page}");
        }

        return IsRun(command) ? ExitCode.FerryInsteadOfProgram : ExitCode.WrongUsage;
    }

    /// <summary>An option that nobody knows would otherwise be taken for a device's name. No argument of ours begins with a dash.</summary>
    public static string? OptionTakenForArgument(ParseResult parsed) =>
        Arguments(parsed).SelectMany(argument => argument.Tokens).Select(token => token.Value).FirstOrDefault(word => word.StartsWith('-'));

    private static Argument? Missing(ParseResult parsed) => Arguments(parsed).FirstOrDefault(argument => argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues)?.Argument;

    private static IEnumerable<ArgumentResult> Arguments(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>();

    private static bool IsRun(Command command) =>
        command.Name is "run" or "test" or "bench" or CargoCommand.Name && command.Parents.All(parent => parent is RootCommand);

    private static IEnumerable<string> Candidates(Command command) =>
        command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).Concat(command.Options.Select(o => o.Name));

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{Path(parent)} {command.Name}" : command.Name;

    private static string Lower(string text) => text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
