using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class AgentTerminalTests
{
    [Fact]
    public void A_terminal_has_the_size_that_it_is_given_and_follows_changes()
    {
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, WithTerminal("terminal") with { Environment = ["TERM=ferry-term"u8.ToArray()] });
        run.Output.WaitFor("ready");
        run.Output.Text.ShouldStartWith("1 1 1 31x97 ferry-term\r\n");

        agent.Session.Resize(new TerminalSize(50, 120));

        run.Output.WaitFor("50x120");
        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public void Stderr_can_come_apart_from_the_terminal()
    {
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, WithTerminal("both") with { StderrApart = true });

        run.End().ShouldBe(ProgramEnd.Exited(0));

        run.Output.Text.ShouldBe("to stdout\r\n");
        run.Errors.Text.ShouldBe("to stderr\n");
    }

    [Fact]
    public void Keys_reach_the_program_as_from_a_local_terminal()
    {
        using var agent = LocalAgent.Start();
        var keys = new FeedStream();
        var run = new BackgroundRun(agent, WithTerminal("lines"), keys);
        run.Output.WaitFor("ready");

        keys.Feed("grüx\x7f\x7fße\r"u8.ToArray());
        run.Output.WaitFor("line grße");
        keys.Feed("\x04"u8.ToArray());

        run.Output.WaitFor("end");
        run.End().ShouldBe(ProgramEnd.Exited(0));
        keys.End();
    }

    [Fact]
    public void Ctrl_C_is_a_byte_that_the_terminal_turns_into_SIGINT()
    {
        using var agent = LocalAgent.Start();
        var keys = new FeedStream();
        var run = new BackgroundRun(agent, WithTerminal("sleep"), keys);
        run.Output.WaitFor("ready");

        keys.Feed([3]);

        run.End().ShouldBe(ProgramEnd.Killed(2));
        keys.End();
    }

    [Fact]
    public void Ctrl_Z_stops_the_program_and_SIGCONT_lets_it_go_on()
    {
        using var agent = LocalAgent.Start();
        var keys = new FeedStream();
        var run = new BackgroundRun(agent, WithTerminal("lines"), keys);
        run.Output.WaitFor("ready");

        keys.Feed([26]);
        run.Output.WaitFor("^Z");
        keys.Feed("while stopped\r"u8.ToArray());
        run.Output.WaitFor("while stopped");
        run.Output.Text.ShouldNotContain("line ");
        agent.Session.Signal(LinuxSignal.Continue);

        run.Output.WaitFor("line while stopped");
        keys.Feed([4]);
        run.End().ShouldBe(ProgramEnd.Exited(0));
        keys.End();
    }

    [Fact]
    public void All_output_of_a_quick_program_arrives()
    {
        using var agent = LocalAgent.Start();
        for (var round = 0; round < 20; round++)
        {
            var run = new BackgroundRun(agent, WithTerminal("both"));
            run.End().ShouldBe(ProgramEnd.Exited(0));
            run.Output.Text.ShouldBe("to stdout\r\nto stderr\r\n");
        }
    }

    private static RunRequest WithTerminal(params string[] arguments) => LocalAgent.Request(arguments) with { Terminal = new TerminalSize(31, 97) };
}
