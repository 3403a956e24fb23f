using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>An editor's sessions with gdbserver on a board, and what runs there already.</summary>
[Collection("boards")]
[UnsupportedOSPlatform("windows")]
public sealed class Pi2EditorTests(Pi2EditorTests.Session session) : IClassFixture<Pi2EditorTests.Session>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly int Counted = LineOf("counted");

    private EditorBench Bench => session.Bench;

    [Fact]
    public void CodeLLDBs_commands_debug_the_program_and_Ferry_knows_its_end()
    {
        var launch = Bench.Vscode().Launch("ferry: debug two-words (CodeLLDB)");
        using var task = Bench.Serve(launch);
        task.Input.Write("12345");
        task.Input.Close();

        Bench.InLldb(launch, DebuggedProgram.LineOf("counted"), "frame variable sum", "breakpoint delete -f", "continue").ShouldExitWith(0).Output.ShouldContain("sum = 10");

        task.WaitForEnd().ShouldBe(3 + 5, task.Text);
        task.Text.ShouldContain("helper true read \"12345\"\n");
        NothingIsLeft();
    }

    [Fact]
    public void Gdbs_debug_adapter_shows_rusts_types_and_a_session_that_is_left_leaves_nothing_on_the_device()
    {
        var launch = Bench.Vscode().Launch("ferry: debug two-words (GDB DAP)");
        using var task = Bench.Serve(launch, Bench.WithDap);
        using (var dap = new DapClient(Bench.Project.PathOf("target/ferry/gdb"), "-i", "dap"))
        {
            dap.Begin(launch.GetProperty("request").GetString()!, JsonNode.Parse(launch.GetRawText())!, Bench.Source, LineOf("shown"));
            var thread = dap.StopAt(LineOf("shown"));
            dap.Variables(thread).ShouldMatch(@"(?s)code=3\n.*ages=HashMap\(size=1\)\nwords=Vec\(size=0\)\n");
            dap.Ask("disconnect", new JsonObject { ["terminateDebuggee"] = true });
        }

        task.WaitForEnd().ShouldBe(0, task.Text);
        NothingIsLeft();
    }

    [Fact]
    public void What_runs_already_is_attached_to_and_goes_on_afterwards()
    {
        using var program = Process.Start(session.Start("run", "--quiet"))!;
        Waiting.Until(() => Left().Contains("two-words", StringComparison.Ordinal), Patience);

        var lldb = Bench.Vscode().Launch("ferry: attach to two-words (CodeLLDB)");
        lldb.GetProperty("request").GetString().ShouldBe("attach");
        using (var task = Bench.Serve(lldb))
        using (var dap = new DapClient(EditorBench.LldbDap))
        {
            dap.Begin("attach", Bench.ForLldbDap(lldb), Bench.Source, Counted);
            dap.Ask("disconnect", new JsonObject { ["terminateDebuggee"] = false });
            task.WaitForEnd().ShouldBe(0, task.Text);
        }

        var gdb = Bench.Vscode().Launch("ferry: attach to two-words (GDB DAP)");
        using (var task = Bench.Serve(gdb, Bench.WithDap))
        using (var dap = new DapClient(Bench.Project.PathOf("target/ferry/gdb"), "-i", "dap"))
        {
            dap.Begin("attach", JsonNode.Parse(gdb.GetRawText())!, Bench.Source, Counted);
            dap.Ask("disconnect", new JsonObject());
            task.WaitForEnd().ShouldBe(0, task.Text);
        }

        program.StandardInput.Write("1234567");
        program.StandardInput.Close();
        program.WaitForExit(Patience).ShouldBeTrue();
        program.ExitCode.ShouldBe(10);
        NothingIsLeft();
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_the_session_and_leaves_nothing_on_the_device(string signal, int code)
    {
        using var task = EditorTask.Start(["debug", "--serve"], Bench.Project.Folder, Bench.Variables);
        task.WaitFor("Serving");
        Left().ShouldContain("gdbserver");
        Run.Process("kill", ["-" + signal, $"{task.Id}"]).ShouldExitWith(0);

        task.WaitForEnd().ShouldBe(code, task.Text);
        NothingIsLeft();
    }

    private string Left() => DebuggedProgram.LeftOn(session.Board);

    private void NothingIsLeft() => Waiting.Until(() => Left().Length == 0, Patience, Left);

    private static int LineOf(string remark) => int.Parse(DebuggedProgram.LineOf(remark).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The board, and the project with its .vscode.</summary>
    public sealed class Session : IDisposable
    {
        public Pi2 Board { get; } = new();

        public EditorBench Bench { get; }

        public Session() => Bench = new EditorBench(Board.Ferry, "pi2");

        public ProcessStartInfo Start(params string[] words)
        {
            var start = new ProcessStartInfo(FerryTool.Path, words) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Bench.Project.Folder };
            foreach (var (name, value) in Bench.Variables)
            {
                start.Environment[name] = value;
            }

            return start;
        }

        public void Dispose() => Board.Dispose();
    }
}
