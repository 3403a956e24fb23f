using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class AgentCutTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_the_connection_is_cut_nothing_of_the_program_stays(bool terminal)
    {
        var mark = Guid.NewGuid().ToString();
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, LocalAgent.Request("stubborn", mark) with { Terminal = terminal ? new(24, 80) : null });
        run.Output.WaitFor("ready");
        LivingProcesses.With(mark).Count.ShouldBe(3);

        agent.Cut();

        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(4));
        agent.WaitForExit();
        Should.Throw<FerryException>(() => run.End()).Message.ShouldBe("lost the connection to the device while running 'counterpart'");
    }

    [Fact]
    public void When_the_agent_is_killed_the_program_goes_with_it()
    {
        var mark = Guid.NewGuid().ToString();
        using var agent = LocalAgent.Start();
        var run = new BackgroundRun(agent, LocalAgent.Request("sleep", mark));
        run.Output.WaitFor("ready");

        agent.Kill();

        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(4));
        Should.Throw<FerryException>(() => run.End()).Exit.ShouldBe(ExitCode.DeviceUnreachable);
    }

    [Fact]
    public void A_program_has_time_to_clean_up_when_the_connection_is_cut()
    {
        using var agent = LocalAgent.Start();
        var file = Path.Combine(agent.Folder, "note");
        var run = new BackgroundRun(agent, LocalAgent.Request("polite", file));
        run.Output.WaitFor("ready");

        agent.Cut();
        agent.WaitForExit();

        File.ReadAllText(file).ShouldBe("cleaned up");
        Should.Throw<FerryException>(() => run.End());
    }

    [Fact]
    public void Wherever_the_connection_is_cut_no_process_and_no_half_file_stays()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var mark = Guid.NewGuid().ToString();
            byte[] conversation = [.. Put(AgentLab.Counterpart), .. LocalAgent.Request("stubborn", mark).ToFrame(stdinGiven: true), .. FrameWriter.Of(FrameType.Stdin, new byte[1000])];
            // Half of the cuts fall into the frames at the end.
            var length = random.Next(2) == 0 ? random.Next(conversation.Length) : conversation.Length - random.Next(1400);
            using var agent = LocalAgent.StartSilent();

            try
            {
                agent.ToAgent.Write(conversation, 0, length);
                agent.Cut();
            }
            catch (IOException)
            {
                // The agent is not obliged to read on.
            }

            agent.WaitForExit();
            LivingProcesses.With(mark).ShouldBeEmpty($"seed {seed}, cut after {length}");
            foreach (var file in DeviceFiles.In(agent.Folder))
            {
                var content = File.ReadAllBytes(file);
                var isPart = file.EndsWith($"/store/{AgentLab.Counterpart.Sha256}.part", StringComparison.Ordinal);
                content.AsSpan().SequenceEqual(AgentLab.Counterpart.Content.Span[..(isPart ? content.Length : (int)AgentLab.Counterpart.Size)]).ShouldBeTrue($"{file}, seed {seed}, cut after {length}");
                (isPart || file.EndsWith($"/store/{AgentLab.Counterpart.Sha256}/counterpart", StringComparison.Ordinal)).ShouldBeTrue(file);
            }
        }
    }

    [Fact]
    public void An_agent_that_falls_silent_is_given_up()
    {
        using var silent = new SilentStream("\0FERRY 1 x\n"u8.ToArray());
        var cut = new ManualResetEventSlim();
        using var session = new AgentSession(new MemoryStream(), silent, cut.Set, TimeSpan.FromSeconds(0.5));
        session.Greet().ShouldBeTrue();

        var lost = Should.Throw<FerryException>(() => session.Run(LocalAgent.Request("sleep"), new LocalStreams(null, Stream.Null, Stream.Null)));

        lost.Message.ShouldBe("lost the connection to the device while starting 'counterpart'");
        lost.Exit.ShouldBe(ExitCode.DeviceUnreachable);
        cut.Wait(TimeSpan.FromSeconds(5)).ShouldBeTrue();
    }

    /// <summary>A file as frames, its content as it is.</summary>
    internal static byte[] Put(ProgramFile file, byte[]? content = null)
    {
        var head = new FrameWriter(FrameType.Put);
        file.Write(head);
        var data = (content ?? file.Content.ToArray()).Chunk(32 << 10).SelectMany(chunk => FrameWriter.Of(FrameType.PutData, chunk));
        return [.. head.U32(0x1ED).U8(0).U64(0).ToArray(), .. data, .. FrameWriter.Of(FrameType.PutEnd)];
    }
}
