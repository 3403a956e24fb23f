using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Ferry.Commands.Watching;
using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>All verbs, and the way from what was typed to one of them.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Show the commands that are run, and reasons", Recursive = true };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Show errors only", Recursive = true };

    public static int Run(byte[][] typed)
    {
        // What follows -- belongs to the program and is never looked at: it may hold any byte.
        var end = Array.FindIndex(typed, word => word.AsSpan().SequenceEqual("--"u8));
        var words = (end < 0 ? typed : typed[..end]).Select(RawArguments.Text).ToArray();
        var rest = end < 0 ? [] : typed[(end + 1)..];
        if (CargoCommand.CargosWords(words) is var cargos and >= 0)
        {
            (words, rest) = (words[..cargos], typed[cargos..]);
        }

        var root = Root(programArguments: rest);
        if (words.Length == 0)
        {
            Page.Messages.Write(HelpPage.Of(root));
            return ExitCode.WrongUsage;
        }

        var parsed = root.Parse(DebugCommand.WithWhatIsLeftOut(words), new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        Status.Verbose = parsed.GetValue(Verbose);
        Status.Quiet = parsed.GetValue(Quiet);
        return parsed.Action is ParseErrorAction || WrongUsage.OptionTakenForArgument(parsed) is not null
            ? WrongUsage.Report(parsed)
            : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    internal static RootCommand Root(IReadOnlyList<byte[]> programArguments)
    {
        var root = new RootCommand("cargo run, on your Raspberry Pi: builds a Rust program here and runs it on a device.")
        {
            BuildCommand.Define(programArguments),
            RunCommand.Define(programArguments),
            TestCommand.Define(programArguments),
            BenchCommand.Define(programArguments),
            DebugCommand.Define(programArguments),
            CargoCommand.Define(programArguments),
            WatchCommand.Define(programArguments),
            WhyCommand.Define(),
            DeviceCommands.Define(),
            TargetsCommand.Define(),
            SysrootCommands.Define(),
            ConnectionCommands.Define(),
            InspectCommand.Define(),
            InitCommand.Define(),
            CleanCommand.Define(),
        };
        root.Options.Add(Verbose);
        root.Options.Add(Quiet);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpPage();
            help.Description = "Show this page";
            help.Aliases.Remove("-?");
            help.Aliases.Remove("/?");
            help.Aliases.Remove("/h");
        }

        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Action = new VersionLine();
            version.Aliases.Add("-V");
            version.Description = "Show Ferry's version";
        }

        return root;
    }
}
