using Ferry.Processes;

namespace Ferry.Debugging;

/// <summary>The debugger itself, with our terminal. A Ctrl-C there is its own; what is to end us ends it first.</summary>
internal static class DebuggerRun
{
    /// <param name="debugger">Which.</param>
    /// <param name="setup">What it is told.</param>
    /// <param name="folder">A folder of this session alone, for its script.</param>
    public static ProcessEnd ToTheEnd(Debugger debugger, DebugSetup setup, string folder)
    {
        using var tool = Start(debugger, setup, folder);
        return tool.Wait();
    }

    /// <summary>The same, while others have something to do until it comes to connect: it is patient.</summary>
    public static ForegroundTool Start(Debugger debugger, DebugSetup setup, string folder)
    {
        var script = Path.Combine(folder, "commands");
        var isGdb = debugger.Kind == DebuggerKind.Gdb;
        File.WriteAllText(script, isGdb ? GdbScript.Of(setup) : LldbScript.Of(setup));
        return new(debugger.Path, isGdb ? GdbScript.Line(setup, script) : LldbScript.Line(setup, script), isGdb ? GdbScript.Variables(setup) : null, passesEnd: true);
    }

    /// <summary>For a debugger that failed while the program still had its end before it.</summary>
    public static FerryException Failed(Debugger debugger, ProcessEnd end) =>
        new($"'{Path.GetFileName(debugger.Path)}' {(end.Signal != 0 ? "was killed by " + LinuxSignal.Name(end.Signal) : $"ended with exit code {end.Code}")}, before the program did");
}
