using System.Diagnostics;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>Scripted sessions of real debuggers on a board, and what is left there afterwards.</summary>
public abstract class DebugTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string Lldb = Path.Combine(Repository.Cache, "debuggers", "bin", "lldb-19");

    private readonly BoardSession board;
    private readonly CargoProject project;

    protected DebugTests(BoardSession board)
    {
        this.board = board;
        project = DebuggedProgram.In(board.Ferry.Home);
    }

    [Fact]
    public void Gdb_shows_rusts_types_steps_changes_a_variable_and_Ferry_ends_as_the_program()
    {
        var session = Debug("gdb-multiarch", "input", $"""
            next
            next
            next
            print words
            print ages
            print shape
            break {DebuggedProgram.LineOf("area")}
            continue
            backtrace
            finish
            break {DebuggedProgram.LineOf("counted")}
            continue
            print sum
            info threads
            break {DebuggedProgram.LineOf("end")}
            continue
            set var code = code + 30
            delete
            continue
            quit
            """).ShouldExitWith(3 + 5 + 30);

        session.Output.ShouldMatch(@"(?s)two_words::main \(\) at src/main\.rs:\d+.*Vec\(size=2\) = \{""a b"", ""c""\}.*HashMap\(size=1\) = \{\[""moon""\] = 1267650600228229401496703205376\}.*two_words::Shape::Box\{width: 3, height: 4\}");
        session.Output.ShouldMatch(@"(?s)#0 +two_words::area .*#1 .*two_words::main \(\).*Value returned is .* = 12");
        session.Output.ShouldMatch(@"(?m) = 10$");
        session.Output.ShouldContain("\"helper\"");
        session.Output.ShouldContain("area 12 counted 10 Some(5)\n");
        session.Output.ShouldContain("helper true read \"input\"\n");
        session.Errors.ShouldContain("on the way\n");
        NothingIsLeft();
    }

    [Fact]
    public void Lldb_shows_them_too_and_the_backtrace_goes_through_the_devices_libc()
    {
        var session = Debug(Lldb, "input", $"""
            next
            next
            next
            next
            frame variable words ages shape
            breakpoint set --file src/main.rs --line {DebuggedProgram.LineOf("area").Split(':')[1]}
            continue
            bt
            thread list
            breakpoint delete -f
            continue
            quit
            """).ShouldExitWith(3 + 5);

        session.Output.ShouldMatch(@"(?s)words = size=2 \{\s+\[0\] = ""a b"".*1267650600228229401496703205376.*width = 3\s+height = 4");
        session.Output.ShouldMatch(@"(?s)frame #0: .*two_words::area.*frame #1: .*two_words::main.*libc\.so\.6`__libc_start_main");
        session.Output.ShouldContain("helper true read \"input\"\n");
        session.Errors.ShouldContain("'two-words' with exit code 8");
        NothingIsLeft();
    }

    [Fact]
    public void A_panic_stops_where_it_happens()
    {
        var session = Debug("gdb-multiarch", "", "backtrace\nquit", "--no-stop", "--break-on-panic", "--", "panic");

        session.Output.ShouldMatch(@"(?s)Breakpoint 1, .*rust_panic.*two_words::main \(\) at src/main\.rs:\d+");
        session.ShouldExitWith(0);
        NothingIsLeft();
    }

    [Fact]
    public void One_test_stops_at_its_first_line()
    {
        var session = Debug("gdb-multiarch", "", "next\nprint shape\ndelete\ncontinue\nquit", "--test", "boxes_have_areas");

        session.ShouldExitWith(0).Output.ShouldMatch(@"(?s)two_words::tests::boxes_have_areas \(\) at src/main\.rs:\d+.*Shape::Box\{width: 3, height: 5\}.*1 passed; 0 failed");
        NothingIsLeft();
    }

    [Fact]
    public void What_runs_already_is_looked_at_and_goes_on()
    {
        using var program = Process.Start(Start("run", "--quiet"))!;
        Waiting.Until(() => Left().Contains("two-words", StringComparison.Ordinal), Patience);

        var session = Debug("gdb-multiarch", "", "backtrace\nquit", "--attach", DebuggedProgram.Name);

        session.ShouldExitWith(0).Output.ShouldMatch(@"(?s)libc\.so\.6.*two_words::main \(\) at src/main\.rs:\d+.*will be detached");
        program.StandardInput.Write("1234567");
        program.StandardInput.Close();
        program.WaitForExit(Patience).ShouldBeTrue();
        program.ExitCode.ShouldBe(10);
        NothingIsLeft();
    }

    [Theory]
    [InlineData("gdb-multiarch", "KILL")]
    [InlineData("ferry", "KILL")]
    [InlineData("ferry", "TERM")]
    [InlineData("ssh", "KILL")]
    public void Whatever_ends_the_session_leaves_nothing_on_the_device(string victim, string signal)
    {
        using var session = Process.Start(Start("debug", "--debugger", "gdb-multiarch"))!;
        _ = session.StandardError.ReadToEndAsync();
        for (string? line; (line = session.StandardOutput.ReadLine()) is not null && !line.Contains("two_words::main () at", StringComparison.Ordinal);)
        {
        }

        OpenPorts().ShouldBe(["0016"]);
        var children = Run.Process("ps", ["--ppid", $"{session.Id}", "-o", "pid=,comm="]).ShouldExitWith(0).Output.Split('\n');
        var pid = victim == "ferry" ? $"{session.Id}" : children.Single(child => child.Contains(victim[..3], StringComparison.Ordinal)).Trim().Split(' ')[0];
        Run.Process("kill", ["-" + signal, pid]).ShouldExitWith(0);

        Waiting.Until(() => Left().Length == 0, Patience, Left);
        session.Kill(entireProcessTree: true);
    }

    private RunResult Debug(string debugger, string input, string commands, params string[] words)
    {
        var (script, stdin) = (Path.Combine(board.Ferry.Home, Path.GetRandomFileName()), Path.Combine(board.Ferry.Home, Path.GetRandomFileName()));
        File.WriteAllText(script, debugger == Lldb ? commands + "\n" : "set pagination off\nset confirm off\n" + commands + "\n");
        File.WriteAllText(stdin, input);
        var typed = words.Contains("--") || words.Contains("--test") || words.Contains("--attach") ? words : [.. words, "--", "a b", "c"];
        return board.Ferry.RunIn(project.Folder, ["debug", "--debugger", debugger, "--command", script, "--input", stdin, .. typed]);
    }

    private ProcessStartInfo Start(params string[] words)
    {
        var start = new ProcessStartInfo(FerryTool.Path, words) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = project.Folder };
        foreach (var (name, value) in board.Ferry.Variables())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private string Left() => board.OnBoard("ps ax -o args | grep -E 'gdbserver|two-words' | grep -v grep; true").ShouldExitWith(0).Output;

    private void NothingIsLeft() => Waiting.Until(() => Left().Length == 0, Patience, Left);

    /// <summary>The local ports that something listens on, in hexadecimal digits: proc(5), net/tcp.</summary>
    private IEnumerable<string> OpenPorts() => board.OnBoard("cat /proc/net/tcp /proc/net/tcp6").ShouldExitWith(0).Output.Split('\n')
        .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words is [_, _, _, "0A", ..]).Select(words => words[1].Split(':')[^1]).Distinct();
}
