using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class AgentSignalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Signals_are_passed_on_whether_it_is_traced_or_not(bool isTraced)
    {
        using var agent = LocalAgent.Start();
        int[] signals = [1, 2, 3, 10, 11, 15];
        var run = new BackgroundRun(agent, LocalAgent.Request(["signals", .. signals.Select(signal => $"{signal}")]) with { IsTraced = isTraced });
        run.Output.WaitFor("ready");

        foreach (var signal in signals)
        {
            agent.Session.Signal(signal);
            run.Output.WaitFor($"got {signal}\n");
        }

        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public void A_signal_arrives_though_the_program_reads_nothing_of_a_large_input()
    {
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, LocalAgent.Request("signals", "15"), new MemoryStream(new byte[50_000_000]));
        run.Output.WaitFor("ready");

        agent.Session.Signal(15);

        run.Output.WaitFor("got 15");
        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public void A_signal_arrives_though_the_program_has_closed_its_input()
    {
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, LocalAgent.Request("close-stdin"), new MemoryStream(new byte[10_000_000]));
        run.Output.WaitFor("closed");

        agent.Session.Signal(15);

        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public async Task A_signal_arrives_though_nobody_takes_the_output()
    {
        using var agent = LocalAgent.Start();
        using var stuck = new StuckStream();
        var run = Task.Run(() => agent.Session.Run(LocalAgent.Request("pour", "100000000"), new LocalStreams(null, stuck, Stream.Null)));
        stuck.WaitUntilWritten();

        agent.Session.Signal(15);
        LivingProcesses.ShouldEnd(agent.Folder + "/store/" + AgentLab.Counterpart.Sha256, TimeSpan.FromSeconds(10));

        stuck.Release();
        (await run.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(ProgramEnd.Killed(15));
    }

    [Fact]
    public void A_program_is_stopped_and_continued()
    {
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, LocalAgent.Request("stop"));
        run.Output.WaitFor("before");

        // The kernel takes SIGTSTP from a group that nobody could continue; that the program stops shows that somebody could.
        agent.Session.Signal(18);

        run.Output.WaitFor("after");
        run.End().ShouldBe(ProgramEnd.Exited(0));
    }
}
