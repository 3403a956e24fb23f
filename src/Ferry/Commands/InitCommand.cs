using System.CommandLine;
using Ferry.Commands.Initializing;
using Ferry.Editors;

namespace Ferry.Commands;

/// <summary><c>ferry init</c>: writes down for cargo and for editors what Ferry's own verbs need not be told.</summary>
internal static class InitCommand
{
    private static readonly Option<bool> Cargo = new("--cargo") { Description = "Write .cargo/config.toml: plain cargo and rust-analyzer use Ferry" };
    private static readonly Option<bool> Vscode = new("--vscode") { Description = "Write launch.json and tasks.json: VS Code debugs on the device" };
    private static readonly Option<string> On = new("--on") { Description = "The device, for --cargo (default: the one that ferry run takes)", HelpName = "device" };
    private static readonly Option<string> Glibc = new("--glibc") { Description = "The oldest glibc that programs must run with, for --cargo", HelpName = "version" };
    private static readonly Option<bool> Static = new("--static") { Description = "Build for the device's static target, for --cargo" };
    private static readonly Option<string[]> Debugger = new("--editor-debugger") { Description = "codelldb, cppdbg or gdb-dap (default: what is installed)", HelpName = "name", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<int> Port = new("--port") { Description = "The first port of this PC that debuggers connect to", HelpName = "port", DefaultValueFactory = _ => 2345 };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Write without asking" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would be written, and stop" };

    public static Command Define()
    {
        var verb = new Verb(
            "init",
            "Write settings for cargo and VS Code into the project; what is there stays.",
            "ferry init --cargo --on pi4",
            "ferry init --vscode",
            "ferry init --vscode --editor-debugger cppdbg --dry-run")
        {
            Cargo,
            Vscode,
            On,
            Glibc,
            Static,
            Debugger,
            Port,
            Yes,
            DryRun,
        };
        Debugger.AcceptOnlyFromAmong([.. EditorDebuggers.All.Keys]);
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var (cargo, vscode) = (parsed.GetValue(Cargo), parsed.GetValue(Vscode));
        if (!cargo && !vscode)
        {
            throw new FerryException("ferry init was not told what to write", help: "ferry init --cargo, ferry init --vscode, or both", exit: ExitCode.WrongUsage);
        }

        var writing = new ProjectWriting(parsed.GetValue(DryRun), parsed.GetValue(Yes));
        if (cargo)
        {
            CargoInit.Run(new CargoLine { Verb = "build", Devices = parsed.GetValue(On) is { } on ? [on] : [], Glibc = parsed.GetValue(Glibc), Static = parsed.GetValue(Static), Yes = parsed.GetValue(Yes) }, writing);
        }

        if (vscode)
        {
            VscodeInit.Run(parsed.GetValue(Debugger) ?? [], parsed.GetValue(Port), writing);
        }

        return ExitCode.Done;
    }
}
