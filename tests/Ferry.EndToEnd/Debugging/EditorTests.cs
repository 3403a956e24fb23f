using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ferry.EndToEnd.Debugging;

/// <summary>What launch.json and tasks.json say is done, with real debuggers, as each extension does it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EditorTests(EditorBench bench) : IClassFixture<EditorBench>
{
    private static readonly int Counted = LineOf("counted");

    [Fact]
    public void CodeLLDBs_commands_debug_the_program_in_lldb()
    {
        var launch = bench.Vscode().Launch("ferry: debug two-words (CodeLLDB)");
        launch.GetProperty("request").GetString().ShouldBe("launch");
        using var task = Serve(launch);

        var session = bench.InLldb(launch, DebuggedProgram.LineOf("counted"), "frame variable sum", "bt", "continue").ShouldExitWith(0);

        session.Output.ShouldMatch(@"(?s)sum = 10.*frame #0: .*two_words::count.* at main\.rs:\d+.*two_words::main");
        ShouldEnd(task, 3);
    }

    [Fact]
    public void CodeLLDBs_commands_debug_the_program_over_lldbs_debug_adapter()
    {
        var launch = bench.Vscode().Launch("ferry: debug two-words (CodeLLDB)");
        using var task = Serve(launch);
        using var dap = new DapClient(EditorBench.LldbDap);

        dap.Begin("launch", bench.ForLldbDap(launch), bench.Source, Counted);
        var thread = dap.StopAt(Counted);
        dap.Variables(thread).ShouldContain("sum=10\n");
        Names(dap.Stack(thread)).ShouldMatch(@"two_words::count\S* .*two_words::main");
        dap.Continue(thread);

        ShouldEnd(task, 3);
    }

    [Fact]
    public void The_C_extensions_commands_debug_the_program_in_gdb()
    {
        var launch = bench.Vscode().Launch("ferry: debug two-words (C/C++)");
        using var task = Serve(launch);

        var session = InMi(launch);

        session.ShouldMatch(@"\*stopped,reason=""breakpoint-hit"",[^\n]*func=""two_words::count""[^\n]*line=""" + Counted);
        session.ShouldMatch(@"\^done,variables=\[[^\n]*name=""sum"",type=""u32"",value=""10""");
        ShouldEnd(task, 3);
    }

    [Fact]
    public void Gdbs_own_debug_adapter_debugs_the_program()
    {
        var launch = bench.Vscode().Launch("ferry: debug two-words (GDB DAP)");
        using var task = Serve(launch, bench.WithDap);
        using var dap = GdbDap();

        dap.Begin(launch.GetProperty("request").GetString()!, JsonNode.Parse(launch.GetRawText())!, bench.Source, Counted);
        var thread = dap.StopAt(Counted);
        dap.Variables(thread).ShouldContain("sum=10\n");
        dap.Continue(thread);

        ShouldEnd(task, 3);
    }

    [Fact]
    public void The_test_at_the_cursor_is_debugged_alone()
    {
        var line = LineOf("in the test");
        var launch = bench.Vscode(line).Launch("ferry: debug the test at the cursor (CodeLLDB)");
        using var task = Serve(launch, line: line);

        bench.InLldb(launch, DebuggedProgram.LineOf("in the test"), "frame variable shape", "breakpoint delete -f", "continue").ShouldExitWith(0).Output.ShouldMatch(@"(?s)width = 3\s+height = 5");

        task.WaitForEnd().ShouldBe(0, task.Text);
        task.Text.ShouldContain("1 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out");
    }

    [Theory]
    [InlineData("in the test", 0, "tests::boxes_have_areas")]
    [InlineData("in the test", -3, "tests::boxes_have_areas")] // #[test]
    [InlineData("dots", 0, "tests::dots_have_none")]
    [InlineData("area", 0, null)]
    public void A_line_means_the_test_around_it_and_no_other_function(string remark, int offset, string? test)
    {
        var place = $"src/main.rs:{LineOf(remark) + offset}";
        using var task = EditorTask.Start(["debug", "--serve", "--test", place], bench.Project.Folder, bench.Variables);
        task.WaitFor("Serving");

        if (test is not null)
        {
            task.Text.ShouldContain($"Serving '{test}' on localhost:");
        }
        else
        {
            task.WaitForEnd().ShouldBe(125);
            task.Text.ShouldContain($"error: no test has line {LineOf(remark)} of '{bench.Source}'\n");
        }
    }

    /// <summary>gdb's machine interface, as MIEngine's sources have it for a local launch with a server's address.</summary>
    private string InMi(JsonElement launch)
    {
        string[] before = [.. launch.GetProperty("setupCommands").EnumerateArray().Select(command => command.GetProperty("text").GetString()!)];
        string[] commands =
        [
            .. before,
            $"-environment-cd {launch.GetProperty("cwd")}",
            $"-file-exec-and-symbols {launch.GetProperty("program")}",
            "-interpreter-exec console \"show architecture\"",
            "-break-insert main",
            $"-target-select remote {launch.GetProperty("miDebuggerServerAddress")}",
            $"-break-insert -f {DebuggedProgram.LineOf("counted")}",
            "-exec-continue",
        ];
        using var gdb = new MiClient(launch.GetProperty("miDebuggerPath").GetString()!);
        foreach (var command in commands)
        {
            gdb.Ask(command);
        }

        gdb.WaitFor("*stopped,reason=\"breakpoint-hit\"", times: 1);
        gdb.Ask("-exec-continue"); // from the C runtime's main, which MIEngine leaves by itself
        gdb.WaitFor("*stopped,reason=\"breakpoint-hit\"", times: 2);
        gdb.Ask("-stack-list-variables --simple-values");
        gdb.Ask("-exec-continue");
        gdb.WaitFor("*stopped,reason=\"exited", times: 1);
        return gdb.Text;
    }

    /// <summary>Nobody types anything for the program.</summary>
    private EditorTask Serve(JsonElement launch, Dictionary<string, string?>? variables = null, int line = 1)
    {
        var task = bench.Serve(launch, variables, line);
        task.Input.Close();
        return task;
    }

    private DapClient GdbDap() => new(bench.Project.PathOf("target/ferry/gdb"), "-i", "dap");

    private static void ShouldEnd(EditorTask task, int code)
    {
        task.WaitForEnd().ShouldBe(code, task.Text);
        task.Text.ShouldContain("area 12 counted 10 Some(5)\n");
        task.Text.ShouldContain("on the way\n");
        task.Text.ShouldContain($"Ended 'two-words' with exit code {code}\n");
    }

    private static string Names(JsonArray frames) => string.Join(' ', frames.Select(frame => frame!["name"]!.GetValue<string>()));

    private static int LineOf(string remark) => int.Parse(DebuggedProgram.LineOf(remark).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
}
