using System.Diagnostics;
using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A run from a process of this PC: its arguments, streams and signals, and its end.</summary>
public sealed class DoorTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(15)]
    public void We_die_by_the_signal_that_the_program_died_of(int signal)
    {
        using var here = LocalAgent.Start();

        new BackgroundRun(here, LocalDoor.Request(here, "die", $"{signal}")).End().ShouldBe(ProgramEnd.Killed(signal));
    }

    [Fact]
    public void Arguments_pass_through_us_byte_by_byte()
    {
        using var here = LocalAgent.Start();
        byte[][] odd = ["args"u8.ToArray(), [0xFF, 0xFE, 0x20, 0xC3], "a b"u8.ToArray(), [], "\n"u8.ToArray(), "ü"u8.ToArray()];
        var request = LocalDoor.Request(here);
        var run = new BackgroundRun(here, request with { Arguments = [.. request.Arguments, .. odd] });

        run.End().ShouldBe(ProgramEnd.Exited(0));

        run.Output.Text.Split('\n')[1..^1].ShouldBe(odd.Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void Input_passes_through_us_and_both_outputs_stay_apart()
    {
        using var here = LocalAgent.Start();
        var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("line\n", 50_000))));

        var counted = new BackgroundRun(here, LocalDoor.Request(here, "count"), input);
        counted.End().ShouldBe(ProgramEnd.Exited(0));
        counted.Output.Text.ShouldBe("250000\n");

        var both = new BackgroundRun(here, LocalDoor.Request(here, "both"));
        both.End().ShouldBe(ProgramEnd.Exited(0));
        both.Output.Text.ShouldBe("to stdout\n");
        both.Errors.Text.ShouldBe("to stderr\n");
    }

    [Fact]
    public void A_file_that_both_outputs_share_is_appended_to_in_turn()
    {
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, LocalDoor.Shell(here, "exec >$4; echo first; $0 $1 $2 $3 both 2>&1; echo last; sort $4 >&2", Path.Combine(here.Folder, "file")));

        run.End().ShouldBe(ProgramEnd.Exited(0));

        run.Errors.Text.ShouldBe("first\nlast\nto stderr\nto stdout\n");
    }

    [Fact]
    public void A_reader_that_has_read_enough_ends_the_program()
    {
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, LocalDoor.Shell(here, "{ $0 $1 $2 $3 pour 1000000000000; echo $? >&2; } | head -c 3 | wc -c", "x"));

        run.End().ShouldBe(ProgramEnd.Exited(0));

        run.Output.Text.ShouldBe("3\n");
        run.Errors.Text.ShouldBe($"{128 + 13}\n");
    }

    [Fact]
    public void Signals_to_us_are_signals_to_the_program()
    {
        using var here = LocalAgent.Start();
        int[] signals = [1, 2, 3, 15];
        var run = new BackgroundRun(here, LocalDoor.Request(here, ["signals", .. signals.Select(signal => $"{signal}")]));
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
        var run = new BackgroundRun(here, LocalDoor.Request(here, "stubborn", mark));
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
        var run = new BackgroundRun(here, LocalDoor.Request(here, "stubborn", mark));
        run.Output.WaitFor("ready");

        here.Session.Signal(9);

        run.End().ShouldBe(ProgramEnd.Killed(9));
        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(5));
    }
}
