using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>Writes a command's help: what it is for, examples first, then usage, verbs, arguments and options.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private static readonly (string, string)[] RootExamples =
    [
        ("ferry device add pi4 pi@192.168.1.40", "ask a board what it is, and remember it"),
        ("ferry run --release", "in a cargo project: build it, and run it there"),
        ("ferry run --on emulator", "without a board"),
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Page.Results.Write(Of(parseResult.CommandResult.Command));
        return ExitCode.Done;
    }

    public static string Of(Command command)
    {
        var page = new StringWriter { NewLine = "\n" };
        page.WriteLine(command.Description);
        Section(page, "Examples", (command as Verb)?.Examples.Select(example => (example, "")) ?? RootExamples);
        Section(page, "Usage", [(Usage(command), "")]);
        Section(page, "Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")));
        Section(page, "Arguments", command.Arguments.Select(a => ($"<{a.Name}>", a.Description ?? "")));
        Section(page, "Options", Options(command).Select(o => (Names(o), o.Description ?? "")));
        if (command is RootCommand)
        {
            page.WriteLine();
            page.WriteLine("Help on one command: ferry <command> --help. Guides: docs/guide.");
        }

        return page.ToString();
    }

    private static void Section(StringWriter page, string title, IEnumerable<(string Left, string Right)>? rows)
    {
        var list = rows?.ToList() ?? [];
        if (list.Count == 0)
        {
            return;
        }

        var width = list.Max(row => row.Left.Length) + 2;
        page.WriteLine();
        page.WriteLine(title + ":");
        foreach (var (left, right) in list)
        {
            page.WriteLine(("  " + left.PadRight(width) + right).TrimEnd());
        }
    }

    public static string Usage(Command command)
    {
        var path = string.Join(' ', Lineage(command).Reverse().Select(c => c is RootCommand ? "ferry" : c.Name));
        var arguments = string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $" [{a.Name}]" : $" <{a.Name}>"));
        var verbs = command.Subcommands.Count == 0 ? "" : command.Action is null ? " <command>" : " [command]";
        return $"{path}{verbs}{arguments} [options]{((command as Verb)?.Tail is { } tail ? " " + tail : "")}";
    }

    private static IEnumerable<Option> Options(Command command) =>
        Lineage(command).SelectMany(c => c.Options.Where(o => !o.Hidden && (c == command || o.Recursive)));

    private static IEnumerable<Command> Lineage(Command command)
    {
        for (var c = command; c is not null; c = c.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return c;
        }
    }

    private static string Names(Option option)
    {
        var names = option.Aliases.Where(a => a.StartsWith('-') && a != "-?" && a != "/?" && a != "/h").Append(option.Name).OrderBy(n => n.Length);
        return string.Join(", ", names) + (option.ValueType == typeof(bool) || option is HelpOption or VersionOption ? "" : option.Arity.MinimumNumberOfValues == 0 ? $" [{option.HelpName}]" : $" <{option.HelpName ?? "value"}>");
    }
}
