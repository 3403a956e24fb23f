using System.Diagnostics;
using System.Text;
using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>
/// This PC's side of a run, in a process of its own (tests/Ferry.Door). What gives that process a terminal is an agent again.
/// </summary>
public sealed class DoorTests
{
    private static readonly string s_door = Path.Combine(AppContext.BaseDirectory.Replace("Ferry.Tests", "Ferry.Door", StringComparison.Ordinal), "Ferry.Door");

    [Fact]
    public void The_program_has_the_terminal_that_we_have_and_its_changes()
    {
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, InTerminal(here, "terminal"));
        run.Output.WaitFor("ready");
        run.Output.Text.ShouldStartWith("1 1 1 31x97");

        here.Session.Resize(new TerminalSize(50, 120));

        run.Output.WaitFor("50x120");
        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public void The_terminal_is_left_as_it_was_found()
    {
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, Shell(here, "stty -a; $0 $1 $2 $3 exit 5; echo code $?; stty -a", "x") with { Terminal = new TerminalSize(31, 97) });

        run.End().ShouldBe(ProgramEnd.Exited(0));

        var parts = run.Output.Text.Split("code 5\r\n");
        parts.Length.ShouldBe(2);
        parts[0].ShouldContain("speed");
        parts[1].ShouldBe(parts[0]);
    }

    [Fact]
    public void Ctrl_C_in_the_terminal_ends_the_program_and_we_end_as_it_did()
    {
        using var here = LocalAgent.Start();
        var keys = new FeedStream();
        var run = new BackgroundRun(here, InTerminal(here, "sleep"), keys);
        run.Output.WaitFor("ready");

        keys.Feed([3]);

        run.End().ShouldBe(ProgramEnd.Killed(2));
        keys.End();
    }

    [Fact]
    public void Ctrl_Z_in_the_terminal_stops_the_program_and_us_until_we_are_continued()
    {
        using var here = LocalAgent.Start();
        var keys = new FeedStream();
        var run = new BackgroundRun(here, InTerminal(here, "lines"), keys);
        run.Output.WaitFor("ready");

        keys.Feed([26]);
        DoorShouldBecome('T', here);
        here.Session.Signal(LinuxSignal.Continue);
        DoorShouldBecome('S', here);
        keys.Feed("more\r"u8.ToArray());

        run.Output.WaitFor("line more");
        keys.Feed([4]);
        run.End().ShouldBe(ProgramEnd.Exited(0));
        keys.End();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(15)]
    public void We_die_by_the_signal_that_the_program_died_of(int signal)
    {
        using var here = LocalAgent.Start();

        new BackgroundRun(here, Request(here, "die", $"{signal}")).End().ShouldBe(ProgramEnd.Killed(signal));
    }

    [Fact]
    public void Arguments_pass_through_us_byte_by_byte()
    {
        using var here = LocalAgent.Start();
        byte[][] odd = ["args"u8.ToArray(), [0xFF, 0xFE, 0x20, 0xC3], "a b"u8.ToArray(), [], "\n"u8.ToArray(), "ü"u8.ToArray()];
        var request = Request(here);
        var run = new BackgroundRun(here, request with { Arguments = [.. request.Arguments, .. odd] });

        run.End().ShouldBe(ProgramEnd.Exited(0));

        run.Output.Text.Split('\n')[1..^1].ShouldBe(odd.Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void Input_passes_through_us_and_both_outputs_stay_apart()
    {
        using var here = LocalAgent.Start();
        var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("line\n", 50_000))));

        var counted = new BackgroundRun(here, Request(here, "count"), input);
        counted.End().ShouldBe(ProgramEnd.Exited(0));
        counted.Output.Text.ShouldBe("250000\n");

        var both = new BackgroundRun(here, Request(here, "both"));
        both.End().ShouldBe(ProgramEnd.Exited(0));
        both.Output.Text.ShouldBe("to stdout\n");
        both.Errors.Text.ShouldBe("to stderr\n");
    }

    [Fact]
    public void A_file_that_both_outputs_share_is_appended_to_in_turn()
    {
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, Shell(here, "exec >$4; echo first; $0 $1 $2 $3 both 2>&1; echo last; sort $4 >&2", Path.Combine(here.Folder, "file")));

        run.End().ShouldBe(ProgramEnd.Exited(0));

        run.Errors.Text.ShouldBe("first\nlast\nto stderr\nto stdout\n");
    }

    [Fact]
    public void A_reader_that_has_read_enough_ends_the_program()
    {
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, Shell(here, "{ $0 $1 $2 $3 pour 1000000000000; echo $? >&2; } | head -c 3 | wc -c", "x"));

        run.End().ShouldBe(ProgramEnd.Exited(0));

        run.Output.Text.ShouldBe("3\n");
        run.Errors.Text.ShouldBe($"{128 + 13}\n");
    }

    [Fact]
    public void Signals_to_us_are_signals_to_the_program()
    {
        using var here = LocalAgent.Start();
        int[] signals = [1, 2, 3, 15];
        var run = new BackgroundRun(here, Request(here, ["signals", .. signals.Select(signal => $"{signal}")]));
        run.Output.WaitFor("ready");

        foreach (var signal in signals)
        {
            // The door's whole group, as a terminal would: the agent that it started must not mind.
            here.Session.Signal(signal);
            run.Output.WaitFor($"got {signal}\n");
        }

        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public void The_third_Ctrl_C_within_two_seconds_kills_and_says_so()
    {
        var mark = Guid.NewGuid().ToString();
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, Request(here, "stubborn", mark));
        run.Output.WaitFor("ready");

        for (var i = 0; i < 3; i++)
        {
            here.Session.Signal(2);
            Thread.Sleep(50); // equal signals that are pending at once are one
        }

        run.End().ShouldBe(ProgramEnd.Killed(9));
        run.Errors.Text.ShouldBe("ferry: third Ctrl-C, killing the program on the device\n");
        LivingProcesses.With(mark).ForEach(pid => Process.GetProcessById(pid).Kill());
    }

    [Fact]
    public void Of_a_door_that_is_killed_nothing_stays()
    {
        var mark = Guid.NewGuid().ToString();
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, Request(here, "stubborn", mark));
        run.Output.WaitFor("ready");

        here.Session.Signal(9);

        run.End().ShouldBe(ProgramEnd.Killed(9));
        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(5));
    }

    private static RunRequest InTerminal(LocalAgent here, params string[] arguments) => Request(here, arguments) with { Terminal = new TerminalSize(31, 97) };

    private static RunRequest Request(LocalAgent here, params string[] arguments) => new()
    {
        Program = s_door,
        Arguments = [.. Line(here).Concat(arguments).Select(Encoding.UTF8.GetBytes)],
    };

    /// <summary>A script, whose $0 to $3 are the door and its own arguments, and $4 one more.</summary>
    private static RunRequest Shell(LocalAgent here, string script, string argument) => new()
    {
        Program = "/bin/sh",
        Arguments = [.. new[] { "sh", "-c", script }.Concat(Line(here)).Append(argument).Select(Encoding.UTF8.GetBytes)],
    };

    private static string[] Line(LocalAgent here)
    {
        var program = Path.Combine(AgentLab.Scratch, AgentLab.Counterpart.Name);
        return [s_door, AgentLab.Agent(), here.Folder, program];
    }

    /// <summary>Waits until the door that belongs to an agent is in a state (proc(5): T stopped, S asleep).</summary>
    private static void DoorShouldBecome(char state, LocalAgent here)
    {
        var clock = Stopwatch.StartNew();
        var door = LivingProcesses.With(s_door + "\0").Intersect(LivingProcesses.With(here.Folder)).Single();
        while (File.ReadAllText($"/proc/{door}/stat").Split(") ")[^1][0] != state)
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), $"the door is not in state {state}");
            Thread.Sleep(10);
        }
    }
}
