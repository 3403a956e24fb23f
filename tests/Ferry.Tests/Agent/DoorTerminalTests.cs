using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A run from a terminal of this PC: its size, its keys, and what is left of it.</summary>
public sealed class DoorTerminalTests
{
    [Fact]
    public void The_program_has_the_terminal_that_we_have_and_its_changes()
    {
        using var here = LocalAgent.Start();
        var run = new BackgroundRun(here, LocalDoor.InTerminal(here, "terminal"));
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
        var run = new BackgroundRun(here, LocalDoor.Shell(here, "stty -a; $0 $1 $2 $3 exit 5; echo code $?; stty -a", "x") with { Terminal = new TerminalSize(31, 97) });

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
        var run = new BackgroundRun(here, LocalDoor.InTerminal(here, "sleep"), keys);
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
        var run = new BackgroundRun(here, LocalDoor.InTerminal(here, "lines"), keys);
        run.Output.WaitFor("ready");

        keys.Feed([26]);
        LocalDoor.ShouldBecome('T', here);
        here.Session.Signal(LinuxSignal.Continue);
        LocalDoor.ShouldBecome('S', here);
        keys.Feed("more\r"u8.ToArray());

        run.Output.WaitFor("line more");
        keys.Feed([4]);
        run.End().ShouldBe(ProgramEnd.Exited(0));
        keys.End();
    }
}
