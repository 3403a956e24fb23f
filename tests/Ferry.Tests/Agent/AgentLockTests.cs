using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A device that measures: several agents in one folder, as several Ferrys start them.</summary>
public sealed class AgentLockTests : IDisposable
{
    private const int Terminate = 15;
    private readonly LocalAgent first = LocalAgent.Start();
    private readonly List<LocalAgent> others = [];

    public AgentLockTests() => first.Session.Put([AgentLab.Counterpart]);

    [Fact]
    public void While_a_benchmark_is_measured_a_program_waits_and_hears_for_what()
    {
        var benchmark = Start(first, Alone("sleep"));
        var program = new WatchedNews(Another(), LocalAgent.Request("exit", "4"));

        var wait = program.WaitFor(WaitReason.Measured);
        wait.Program.ShouldBe("counterpart");
        wait.Since.ShouldBeLessThan(TimeSpan.FromMinutes(2));
        End(first, benchmark);

        program.End().ShouldBe(ProgramEnd.Exited(4));
        program.Reasons.ShouldBe([WaitReason.Measured]);
    }

    [Fact]
    public void Programs_run_beside_each_other_and_nobody_waits()
    {
        var sleeper = Start(first, LocalAgent.Request("sleep"));
        var program = new WatchedNews(Another(), LocalAgent.Request("exit", "4"));
        var beside = new WatchedNews(Another(), LocalAgent.Request("exit", "5") with { IsMeasured = true });

        program.End().ShouldBe(ProgramEnd.Exited(4));
        beside.End().ShouldBe(ProgramEnd.Exited(5));
        program.Reasons.ShouldBeEmpty();
        beside.Reasons.ShouldBeEmpty();
        End(first, sleeper);
    }

    [Fact]
    public void A_benchmark_waits_for_what_runs_and_goes_before_what_comes_later()
    {
        var sleeper = Start(first, LocalAgent.Request("sleep"));
        var measuring = Another();
        var benchmark = new WatchedNews(measuring, Alone("sleep"));
        benchmark.WaitFor(WaitReason.OthersRun);
        var late = new WatchedNews(Another(), LocalAgent.Request("exit", "4"));
        late.WaitFor(WaitReason.Next).Program.ShouldBe("counterpart");

        End(first, sleeper);
        benchmark.Output.WaitFor("ready");
        late.WaitFor(WaitReason.Measured);
        End(measuring, benchmark);

        late.End().ShouldBe(ProgramEnd.Exited(4));
    }

    [Fact]
    public void Two_benchmarks_are_measured_one_after_the_other()
    {
        var one = Start(first, Alone("sleep"));
        var another = new WatchedNews(Another(), Alone("exit", "4"));

        another.WaitFor(WaitReason.Measured);
        End(first, one);

        another.End().ShouldBe(ProgramEnd.Exited(4));
    }

    [Fact]
    public void What_is_sent_waits_too()
    {
        var benchmark = Start(first, Alone("sleep"));
        var content = AgentLab.Counterpart.Content.ToArray();
        var lacking = new ProgramFile("lacking", (byte[])[.. content, 0]);
        var program = new WatchedNews(Another(), LocalAgent.Request("exit", "4") with { Files = [lacking] });

        program.WaitFor(WaitReason.Measured);
        program.Sent.ShouldBe(0);
        End(first, benchmark);

        program.End().ShouldBe(ProgramEnd.Exited(4));
        program.Sent.ShouldBe(lacking.Size);
    }

    [Fact]
    public void A_benchmark_that_is_not_there_yet_is_sent_before_it_is_measured()
    {
        var content = AgentLab.Counterpart.Content.ToArray();
        var lacking = new ProgramFile("lacking", (byte[])[.. content, 0, 0]);
        var sleeper = Start(first, LocalAgent.Request("sleep"));
        var benchmark = new WatchedNews(Another(), Alone("exit", "4") with { Files = [lacking] });

        benchmark.WaitFor(WaitReason.OthersRun);
        benchmark.Sent.ShouldBe(lacking.Size);
        End(first, sleeper);

        benchmark.End().ShouldBe(ProgramEnd.Exited(4));
    }

    [Fact]
    public void The_lock_goes_with_its_agent()
    {
        var benchmark = Start(first, Alone("sleep"));
        var program = new WatchedNews(Another(), LocalAgent.Request("exit", "4"));
        program.WaitFor(WaitReason.Measured);

        first.Kill();

        program.End().ShouldBe(ProgramEnd.Exited(4));
        Should.Throw<AggregateException>(() => benchmark.End());
        var later = new WatchedNews(Another(), Alone("exit", "5"));
        later.End().ShouldBe(ProgramEnd.Exited(5));
    }

    [Fact]
    public void Who_gives_up_waiting_holds_up_nobody()
    {
        var sleeper = Start(first, LocalAgent.Request("sleep"));
        var impatient = Another();
        var benchmark = new WatchedNews(impatient, Alone("exit", "4"));
        benchmark.WaitFor(WaitReason.OthersRun);

        impatient.Cut();
        impatient.WaitForExit();

        new WatchedNews(Another(), LocalAgent.Request("exit", "5")).End().ShouldBe(ProgramEnd.Exited(5));
        Should.Throw<AggregateException>(() => benchmark.End());
        End(first, sleeper);
    }

    [Fact]
    public void Conditions_are_told_before_and_after_a_measurement_and_for_nothing_else()
    {
        var benchmark = new WatchedNews(first, Alone("exit", "4"));
        benchmark.End().ShouldBe(ProgramEnd.Exited(4));
        benchmark.Conditions.Select(told => told.IsAfter).ShouldBe([false, true]);
        benchmark.Conditions.ShouldAllBe(told => told.Conditions.Load != null);

        var program = new WatchedNews(first, LocalAgent.Request("exit", "4"));
        program.End().ShouldBe(ProgramEnd.Exited(4));
        program.Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_still_runs_programs_and_measures_nothing()
    {
        foreach (var name in new[] { "measuring.lock", "measuring.queue" })
        {
            File.Delete(Path.Combine(first.Folder, name));
            Directory.CreateDirectory(Path.Combine(first.Folder, name)); // not even root can open it as a file
        }

        first.Run("exit", "4").End.ShouldBe(ProgramEnd.Exited(4));
        var refusal = Should.Throw<FerryException>(() => first.Session.Run(Alone("exit", "4"), new LocalStreams(null, Stream.Null, Stream.Null)));
        refusal.Cause.ShouldBe("cannot lock the device: Is a directory");
    }

    public void Dispose()
    {
        others.ForEach(agent => agent.Dispose());
        first.Dispose();
    }

    private static RunRequest Alone(params string[] arguments) => LocalAgent.Request(arguments) with { IsMeasured = true, IsAlone = true };

    private static WatchedNews Start(LocalAgent agent, RunRequest request)
    {
        var run = new WatchedNews(agent, request);
        run.Output.WaitFor("ready");
        return run;
    }

    private static void End(LocalAgent agent, WatchedNews run)
    {
        agent.Session.Signal(Terminate);
        run.End().Signal.ShouldBe(Terminate);
    }

    private LocalAgent Another()
    {
        var agent = LocalAgent.Start(first.Folder);
        others.Add(agent);
        return agent;
    }
}
