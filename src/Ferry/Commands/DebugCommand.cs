using System.CommandLine;
using Ferry.Commands.Debugging;

namespace Ferry.Commands;

/// <summary><c>ferry debug</c>: a program on a device, in a debugger here.</summary>
internal static class DebugCommand
{
    public static Command Define(IReadOnlyList<byte[]> programArguments)
    {
        var verb = new Verb(
            "debug",
            "Debug a program on a device, from its main on. Takes all of cargo build's options.",
            "ferry debug",
            "ferry debug --on pi4 --bin server -- --port 8080",
            "ferry debug --break src/parser.rs:42 --no-stop",
            "ferry debug --test parses_empty_lines",
            "ferry debug --attach server",
            "ferry debug --core",
            "ferry debug --debugger lldb --break-on-panic",
            "ferry debug --serve 2345 --keep")
        {
            Tail = "[cargo's options] [-- program's arguments]",
        };
        var cargo = new CargoVerb(verb, runs: true, programArguments, _ => ExitCode.Bug);
        var debugger = new Option<string>("--debugger") { Description = "gdb, lldb, or a debugger's name or path (default: what is there)", HelpName = "name" };
        var breaks = new Option<string[]>("--break") { Description = "Stop there: FILE:LINE or a function; may be repeated", HelpName = "place", Arity = ArgumentArity.OneOrMore };
        var panic = new Option<bool>("--break-on-panic") { Description = "Stop where the program panics" };
        var noStop = new Option<bool>("--no-stop") { Description = "Do not stop at main" };
        var commands = new Option<string>("--command") { Description = "A file with commands for the debugger, read at the first stop", HelpName = "file" };
        var input = new Option<string>("--input") { Description = "The program's stdin: a file, or another terminal (default: nothing)", HelpName = "file" };
        var output = new Option<string>("--output-to") { Description = "Where its output goes: a file, or another terminal (default: here)", HelpName = "file" };
        var server = new Option<string>("--gdbserver") { Description = "Send this gdbserver along, for a device that has none", HelpName = "file" };
        var test = new Option<string>("--test") { Description = "Debug one test, by its name, the end of it, or FILE:LINE", HelpName = "name" };
        var attach = new Option<string>("--attach") { Description = "Debug what runs there already: its process number, or its name", HelpName = "process" };
        var core = new Option<string>("--core") { Description = "Look at a core file (default: the newest on the device)", HelpName = "file", Arity = ArgumentArity.ZeroOrOne };
        var serve = new Option<int?>("--serve") { Description = "Wait for a debugger of yours at this PC's port (default: one that is free)", HelpName = "port", Arity = ArgumentArity.ZeroOrOne };
        var keep = new Option<bool>("--keep") { Description = "With --serve: build and wait again after each session and each change" };
        foreach (Option option in (Option[])[debugger, breaks, panic, noStop, commands, input, output, server, test, attach, core, serve, keep])
        {
            verb.Options.Add(option);
        }

        verb.SetAction(parsed => DebugVerb.Run(cargo.Read(parsed), new DebugWords
        {
            Debugger = parsed.GetValue(debugger),
            Breakpoints = parsed.GetValue(breaks) ?? [],
            BreaksOnPanic = parsed.GetValue(panic),
            StopsAtStart = !parsed.GetValue(noStop),
            Commands = parsed.GetValue(commands),
            Input = parsed.GetValue(input),
            Output = parsed.GetValue(output),
            Gdbserver = parsed.GetValue(server),
            Test = parsed.GetValue(test),
            Attach = parsed.GetValue(attach),
            Core = parsed.GetResult(core) is null ? null : parsed.GetValue(core) ?? "",
            Serve = parsed.GetValue(serve),
            Keeps = parsed.GetValue(keep),
        }));
        return verb;
    }

    /// <summary>A port or file that is left out is said to be: what follows, cargo's option perhaps, would be taken for it.</summary>
    internal static string[] WithWhatIsLeftOut(string[] words) =>
        words.FirstOrDefault(word => !word.StartsWith('-')) != "debug" ? words
        : [.. words.Select((word, at) => (word, words.ElementAtOrDefault(at + 1)) switch
            {
                ("--serve", var next) when !int.TryParse(next, out _) => "--serve=0",
                ("--core", null or ['-', ..]) => "--core=",
                _ => word,
            })];
}
