using System.Diagnostics;
using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A program's time, which the agent keeps: whatever becomes of the client.</summary>
public sealed class AgentLimitTests
{
    [Fact]
    public void When_the_time_is_over_nothing_of_the_program_stays()
    {
        var mark = Guid.NewGuid().ToString();
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, LocalAgent.Request("stubborn", mark) with { TimeLimit = TimeSpan.FromSeconds(1) });

        var end = run.End();

        end.TimedOut.ShouldBeTrue();
        end.Signal.ShouldBe(9);
        LivingProcesses.With(mark).ShouldBeEmpty();
        agent.Run("exit", "4").End.ShouldBe(ProgramEnd.Exited(4), "the session goes on");
    }

    [Fact]
    public void A_program_is_asked_first_and_has_time_to_clean_up()
    {
        using var agent = LocalAgent.Start();
        var file = Path.Combine(agent.Folder, "note");
        var run = new BackgroundRun(agent, LocalAgent.Request("polite", file) with { TimeLimit = TimeSpan.FromSeconds(1) });

        var end = run.End();

        end.ShouldBe(ProgramEnd.Exited(0) with { TimedOut = true });
        File.ReadAllText(file).ShouldBe("cleaned up");
    }

    [Fact]
    public void A_program_that_stopped_itself_is_killed_as_well()
    {
        using var agent = LocalAgent.Start();

        var end = new BackgroundRun(agent, LocalAgent.Request("stop") with { TimeLimit = TimeSpan.FromSeconds(1) }).End();

        end.TimedOut.ShouldBeTrue();
    }

    [Fact]
    public void Who_ends_in_time_ends_as_ever()
    {
        using var agent = LocalAgent.Start();

        agent.Session.Run(LocalAgent.Request("exit", "4") with { TimeLimit = TimeSpan.FromHours(1) }, new LocalStreams(null, Stream.Null, Stream.Null)).ShouldBe(ProgramEnd.Exited(4));
    }

    [Fact]
    public void The_time_stands_still_while_the_client_is_stopped()
    {
        using var agent = LocalAgent.Start();
        var limit = TimeSpan.FromSeconds(5);
        var run = new BackgroundRun(agent, LocalAgent.Request("sleep") with { TimeLimit = limit });
        run.Output.WaitFor("ready");
        var clock = Stopwatch.StartNew();
        agent.Session.Suspend();
        var pid = LivingProcesses.With("counterpart\0sleep").Intersect(Below(agent)).ShouldHaveSingleItem();

        Waiting.Until(() => clock.Elapsed > limit + TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Directory.Exists($"/proc/{pid}").ShouldBeTrue();
        agent.Session.Resume();

        run.End().TimedOut.ShouldBeTrue();
    }

    /// <summary>The grandchildren of the agent: between them and it stands the keeper.</summary>
    private static IEnumerable<int> Below(LocalAgent agent) =>
        Run.Process("pgrep", ["-P", $"{agent.Pid}"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(keeper => Run.Process("pgrep", ["-P", keeper]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse);
}
