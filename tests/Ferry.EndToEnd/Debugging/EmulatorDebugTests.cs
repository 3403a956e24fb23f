using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>QEMU's own stub in the place of gdbserver.</summary>
public sealed class EmulatorDebugTests : IDisposable
{
    private readonly FerryTool ferry = new();

    public void Dispose() => ferry.Dispose();

    [Theory]
    [InlineData("emulator")]
    [InlineData("emulator:cortex-a7")]
    public void Gdb_stops_at_main_and_at_a_line_and_Ferry_ends_as_the_program(string device)
    {
        var project = DebuggedProgram.In(ferry.Home);
        var script = Path.Combine(ferry.Home, "commands");
        File.WriteAllText(script, $"set pagination off\nset confirm off\nbreak {DebuggedProgram.LineOf("counted")}\ncontinue\nprint sum\ncontinue\nquit\n");

        var session = ferry.RunIn(project.Folder, "debug", "--on", device, "--debugger", "gdb-multiarch", "--command", script).ShouldExitWith(3);

        session.Output.ShouldMatch(@"(?s)two_words::main \(\) at src/main\.rs:\d+.*two_words::count .* = 10\n");
        session.Output.ShouldContain("area 12 counted 10 Some(5)\n");
    }
}
