using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>Scripted sessions of real debuggers on a board, and what is left there afterwards.</summary>
public abstract class DebugTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private const string Gdb = "gdb-multiarch";

    private readonly BoardSession board;
    private readonly CargoProject project;

    protected DebugTests(BoardSession board)
    {
        this.board = board;
        project = DebuggedProgram.In(board.Ferry.Home);
    }

    [Fact]
    public void Gdb_shows_rusts_types_steps_watches_and_changes_a_variable_and_Ferry_ends_as_the_program()
    {
        var session = Debug(Gdb, "input", $"""
            next
            next
            next
            print words
            print ages
            print shape
            next
            next
            watch code
            break {DebuggedProgram.LineOf("area")}
            continue
            backtrace
            finish
            tbreak {DebuggedProgram.LineOf("counted")}
            continue
            print sum
            continue
            info threads
            thread 2
            backtrace
            thread 1
            set var code = 38
            delete
            continue
            quit
            """).ShouldExitWith(38);

        session.Output.ShouldMatch(@"(?s)two_words::main \(\) at src/main\.rs:\d+.*Vec\(size=2\) = \{""a b"", ""c""\}.*HashMap\(size=1\) = \{\[""moon""\] = 1267650600228229401496703205376\}.*two_words::Shape::Box\{width: 3, height: 4\}");
        session.Output.ShouldMatch(@"(?s)#0 +two_words::area .*#1 .*two_words::main \(\).*Value returned is .* = 12");
        session.Output.ShouldMatch(@"(?m) = 10$");
        session.Output.ShouldMatch(@"(?s)watchpoint \d: code.*Old value = 3\s+New value = 8");
        session.Output.ShouldMatch(@"(?s)\* 1 .*""helper"".*Switching to thread 2.*#0 .*Switching to thread 1");
        session.Output.ShouldContain("area 12 counted 10 Some(5)\n");
        session.Output.ShouldContain("helper true read \"input\"\n");
        session.Errors.ShouldContain("on the way\n");
        NothingIsLeft();
    }

    [Fact]
    public void Lldb_does_so_too()
    {
        var session = Debug(DebuggedProgram.Lldb, "input", $"""
            next
            next
            next
            next
            next
            frame variable words ages shape
            watchpoint set variable code
            breakpoint set --file src/main.rs --line {DebuggedProgram.LineOf("area").Split(':')[1]}
            continue
            bt
            breakpoint delete -f
            continue
            thread list
            thread select 2
            bt
            thread select 1
            expression code = 38
            watchpoint delete -f
            continue
            quit
            """).ShouldExitWith(38);

        session.Output.ShouldMatch(@"(?s)words = size=2 \{\s+\[0\] = ""a b"".*1267650600228229401496703205376.*width = 3\s+height = 4");
        session.Output.ShouldMatch(@"(?s)frame #0: .*two_words::area.*frame #1: .*two_words::main.*libc\.so\.6`__libc_start_main");
        session.Output.ShouldMatch(@"(?s)old value: 3\s+new value: 8.*thread #1: .*main\.rs:\d+.*\* thread #2\s.*frame #0: .*\* thread #1, stop reason = watchpoint");
        session.Output.ShouldContain("helper true read \"input\"\n");
        session.Errors.ShouldContain("'two-words' with exit code 38");
        NothingIsLeft();
    }

    [Fact]
    public void A_panic_stops_where_it_happens()
    {
        var gdb = Debug(Gdb, "", "backtrace\nquit", "--no-stop", "--break-on-panic", "--", "panic").ShouldExitWith(0);
        gdb.Output.ShouldMatch(@"(?s)Breakpoint 1, .*rust_panic.*two_words::main \(\) at src/main\.rs:\d+");

        var lldb = Debug(DebuggedProgram.Lldb, "", "bt\nquit", "--no-stop", "--break-on-panic", "--", "panic").ShouldExitWith(0);
        lldb.Output.ShouldMatch(@"(?s)stop reason = breakpoint 1.*`rust_panic.*two_words::main.* at main\.rs:\d+");
        NothingIsLeft();
    }

    [Fact]
    public void One_test_stops_at_its_first_line()
    {
        var session = Debug(Gdb, "", "next\nprint shape\ndelete\ncontinue\nquit", "--test", "boxes_have_areas");

        session.ShouldExitWith(0).Output.ShouldMatch(@"(?s)two_words::tests::boxes_have_areas \(\) at src/main\.rs:\d+.*Shape::Box\{width: 3, height: 5\}.*1 passed; 0 failed");
        NothingIsLeft();
    }

    [Fact]
    public void What_runs_already_is_looked_at_and_goes_on()
    {
        using var program = board.Ferry.BeginIn(project.Folder, "run", "--quiet");
        Waiting.Until(() => Left().Contains("two-words", StringComparison.Ordinal), Patience);

        var gdb = Debug(Gdb, "", "backtrace\nquit", "--attach", DebuggedProgram.Name).ShouldExitWith(0);
        gdb.Output.ShouldMatch(@"(?s)libc\.so\.6.*two_words::main \(\) at src/main\.rs:\d+.*process \d+\) detached");

        var lldb = Debug(DebuggedProgram.Lldb, "", "bt\nquit", "--attach", DebuggedProgram.Name).ShouldExitWith(0);
        lldb.Output.ShouldMatch(@"(?s)libc\.so\.6`.*two_words::main.* at main\.rs:\d+");
        program.StandardInput.Write("1234567");
        program.StandardInput.Close();
        program.WaitForExit(Patience).ShouldBeTrue();
        program.ExitCode.ShouldBe(10);
        NothingIsLeft();
    }

    private RunResult Debug(string debugger, string input, string commands, params string[] words)
    {
        var (script, stdin) = (Path.Combine(board.Ferry.Home, Path.GetRandomFileName()), Path.Combine(board.Ferry.Home, Path.GetRandomFileName()));
        File.WriteAllText(script, debugger == DebuggedProgram.Lldb ? commands + "\n" : "set pagination off\nset confirm off\n" + commands + "\n");
        File.WriteAllText(stdin, input);
        var typed = words.Contains("--") || words.Contains("--test") || words.Contains("--attach") ? words : [.. words, "--", "a b", "c"];
        return board.Ferry.RunIn(project.Folder, ["debug", "--debugger", debugger, "--command", script, "--input", stdin, .. typed]);
    }

    private string Left() => DebuggedProgram.LeftOn(board);

    private void NothingIsLeft() => Waiting.Until(() => Left().Length == 0, Patience, Left);
}
