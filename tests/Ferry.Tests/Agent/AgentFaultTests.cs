using System.Text;
using Ferry.Doors.Deaths;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>What the agent sees of a program's death, and that a program which is traced behaves as one that is not.</summary>
public sealed class AgentFaultTests
{
    [Fact]
    public void A_fault_in_a_thread_is_told_with_its_registers_stack_and_maps()
    {
        var fault = Faults("fault", "0").ShouldHaveSingleItem();

        fault.WasCaught.ShouldBeFalse();
        (fault.Thread.Signal, fault.Thread.Name).ShouldBe((11, "worker"));
        fault.Thread.Info.ShouldNotBeNull().Address.ShouldBe(32ul);
        var registers = fault.Thread.Registers.ShouldNotBeNull();
        fault.Files.ShouldContain(file => file.Contains(registers.ProgramCounter) && file.Path.EndsWith("/counterpart") && file.Rights == "r-xp");
        fault.Memory.Word(registers.StackPointer, 8).ShouldNotBeNull();
        fault.Memory.Word(registers.ProgramCounter, 4).ShouldNotBeNull();
    }

    [Fact]
    public void A_fault_that_the_program_caught_before_it_aborted_is_told_first()
    {
        var faults = Faults("caught-fault");

        faults.Select(fault => (fault.WasCaught, fault.Thread.Signal)).ShouldBe([(true, 11), (false, 6)]);
        faults[0].Thread.Info.ShouldNotBeNull().Address.ShouldBe(48ul);
    }

    [Fact]
    public void A_program_with_very_many_signals_is_left_alone()
    {
        using var agent = LocalAgent.Start();
        var end = agent.Session.Run(Traced("fault", "5000"), new LocalStreams(null, Stream.Null, Stream.Null));

        end.ShouldBe(ProgramEnd.Killed(11));
        end.Notes.ShouldNotBeNull().Faults.ShouldHaveSingleItem().ShouldBeEmpty();
    }

    [Fact]
    public void Without_the_wish_nothing_is_seen()
    {
        using var agent = LocalAgent.Start();
        var end = agent.Session.Run(LocalAgent.Request("fault", "0"), new LocalStreams(null, Stream.Null, Stream.Null));

        end.ShouldBe(ProgramEnd.Killed(11));
        end.Notes.ShouldBeNull();
    }

    [Theory]
    [InlineData("tracer", "b7f b\n")]
    [InlineData("stop", "before\nafter\n")]
    [InlineData("daemon", "before\nafter\n")]
    public void A_traced_program_may_trace_stop_and_fork(string verb, string output)
    {
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, Traced(verb, "0"));
        if (verb == "stop")
        {
            run.Output.WaitFor("before");
            agent.Session.Signal(18);
        }

        run.Output.WaitFor(output);
        run.End().BySignal.ShouldBeFalse();
    }

    [Fact]
    public void A_traced_program_gets_its_signals()
    {
        using var agent = LocalAgent.Start();
        int[] signals = [1, 2, 10, 11, 15];
        var run = new BackgroundRun(agent, Traced(["signals", .. signals.Select(signal => $"{signal}")]));
        run.Output.WaitFor("ready");

        foreach (var signal in signals)
        {
            agent.Session.Signal(signal);
            run.Output.WaitFor($"got {signal}\n");
        }

        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public void What_the_program_said_last_is_kept_when_it_fails()
    {
        using var agent = LocalAgent.Start();
        var end = agent.Session.Run(LocalAgent.Request("unheard-of"), new LocalStreams(null, Stream.Null, Stream.Null));

        Encoding.UTF8.GetString(end.Notes.ShouldNotBeNull().LastWords).ShouldBe("unknown verb 'unheard-of'\n");
    }

    private static List<FaultNote> Faults(params string[] arguments)
    {
        using var agent = LocalAgent.Start();
        var end = agent.Session.Run(Traced(arguments), new LocalStreams(null, Stream.Null, Stream.Null));
        end.BySignal.ShouldBeTrue();
        return [.. end.Notes.ShouldNotBeNull().Faults.Select(payload => FaultNote.Read(payload).ShouldNotBeNull())];
    }

    private static RunRequest Traced(params string[] arguments) => LocalAgent.Request(arguments) with { IsTraced = true };
}
