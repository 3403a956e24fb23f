using System.Text.Json;
using Ferry.Debugging;
using Ferry.Doors;
using Ferry.Editors;
using Ferry.Processes;
using Ferry.Remote.Agent;
using Ferry.Remote.Emulator;
using Ferry.Remote.Packing;
using Ferry.Terminal;

namespace Ferry.Commands.Debugging;

/// <summary><c>ferry debug --serve</c>: all that <c>ferry debug</c> does but the debugger, which comes to a port of this PC.</summary>
internal sealed class ServeVerb
{
    private readonly CargoPlan plan;
    private readonly DebugWords words;
    private readonly DebugVerb verb;
    private readonly ServePort port;
    private readonly DebugBuild made;

    private ServeVerb(CargoPlan plan, DebugWords words, DebugBuild made, ServePort port)
    {
        (this.plan, this.words, this.made, this.port) = (plan, words, made, port);
        verb = new DebugVerb(plan, words, made);
    }

    public static int Run(CargoPlan plan, DebugWords words)
    {
        if (words.Keeps)
        {
            using var again = new ServeAgain(plan, words.Serve!.Value);
            return again.Run();
        }

        using var opened = ServePort.Open(words.Serve!.Value, why => Status.Warn($"a debugger was sent away: {why}"));
        Status.Say(ServeWords.Preparing, ServeWords.PreparingText(words.Test ?? words.Attach ?? plan.Line.Values("--bin", "--example").FirstOrDefault() ?? Path.GetFileName(Environment.CurrentDirectory)));
        var built = DebugBuild.Make(plan, words.Test, plan.Ready(), out var code);
        return built is null ? code : new ServeVerb(plan, words, built, opened).Serve();
    }

    private int Serve()
    {
        made.BeAsCargo();
        var packed = verb.Pack(made.File);
        verb.TellWhatIsLacking(DebugTarget.Read(made.File, made.Function));
        Prepare(packed);
        using var interruption = new Interruption();
        var end = EmulatorDevice.IsName(verb.Device.Name) ? OnEmulator(packed, interruption.Token) : OnDevice(packed, interruption.Token);
        if (interruption.HasCome)
        {
            return interruption.ExitCode;
        }

        Status.Say("Ended", $"'{made.Title}' {(end.IsNotSeen ? "with its debugger" : end.BySignal ? "by " + SignalNames.Of(end.Signal) : $"with exit code {end.Code}")}");
        return end.TimedOut ? ExitCode.TimedOut : end.IsNotSeen ? ExitCode.Done : end.ExitCode;
    }

    private void Prepare(PackedProgram packed)
    {
        var folder = TargetFolder();
        var setup = verb.Setup(Path.Combine(folder, ServeWords.ProgramFile(port.Number)), packed, target: null);
        var (gdb, lack) = Gdb();
        new ServeFiles(folder, port.Number).Write(setup, gdb, lack);
        if (gdb is null)
        {
            Status.Note($"{lack!.Message}: only a debugger that is an lldb, such as CodeLLDB's, can come");
        }
    }

    private (Debugger? Gdb, FerryException? Lack) Gdb()
    {
        try
        {
            var found = DebuggerSearch.Find(words.Debugger is null or "lldb" ? "gdb" : words.Debugger, plan.Target.Value);
            return found.Kind == DebuggerKind.Gdb ? (found, null) : (null, new FerryException($"'{words.Debugger}' is no gdb"));
        }
        catch (FerryException e) when (e.Exit == ExitCode.ToolMissing)
        {
            return (null, e);
        }
    }

    private ProgramEnd OnDevice(PackedProgram packed, CancellationToken end)
    {
        using var streams = new DebugStreams(words.Input, words.Output);
        // What runs already has its own.
        var local = words.Input is null && words.Attach is null ? streams.Local with { Input = StandardStream.Input() } : streams.Local;
        var request = verb.Request(packed) with { Terminal = streams.Terminal };
        using var report = new RunReport(verb.Device.Name, request.Name);
        return ServeSession.OnDevice(port, verb.Summary, request, local, report.Sent, RunReport.Say, new MeasuringReport(verb.Device.Name, request.Name).News, runs =>
        {
            verb.WarnOfAnother(packed, runs);
            Ready();
        }, end);
    }

    private ProgramEnd OnEmulator(PackedProgram packed, CancellationToken end)
    {
        var line = verb.EmulatorLine(packed);
        // The terminal's input is for programs of its own session only.
        return ServeSession.OnEmulator(port, socket => words.Input is null ? line(socket) with { Input = ChildStream.Inherit, OwnSession = false } : line(socket), Ready, end);
    }

    private void Ready()
    {
        ServeAgain.Watch(port);
        Status.Say(ServeWords.Serving, ServeWords.ServingText(made.Title, port.Number));
    }

    /// <summary>As cargo has it for this project.</summary>
    private string TargetFolder()
    {
        if (plan.Line.Values("--target-dir").LastOrDefault() is { } typed)
        {
            return Path.GetFullPath(typed);
        }

        var answer = Tool.Run(plan.Rust.Cargo, [.. plan.Rust.Prefix, "metadata", "--no-deps", "--format-version", "1", .. CargoMetadata.Options(plan.Line)]);
        using var metadata = JsonDocument.Parse(answer.Succeeded ? answer.Output : throw new FerryException("cargo cannot say where it builds", answer.Errors.Trim()));
        return metadata.RootElement.GetProperty("target_directory").GetString()!;
    }
}
