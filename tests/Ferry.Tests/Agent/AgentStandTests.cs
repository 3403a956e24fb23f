using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>An agent that stands by serves one client after the other, on the same streams.</summary>
public sealed class AgentStandTests : IDisposable
{
    private static readonly byte[] Stand = FrameWriter.Of(FrameType.Stand);
    private static readonly byte[] Rest = FrameWriter.Of(FrameType.Rest);
    private static readonly byte[] Question = new FrameWriter(FrameType.Have).List<ProgramFile>([], (_, _) => { }).ToArray();

    private readonly LocalAgent agent = LocalAgent.StartSilent();
    private readonly FrameReader reader;

    public AgentStandTests() => reader = new FrameReader(agent.FromAgent);

    [Fact]
    public void What_is_read_along_of_the_next_clients_words_is_not_lost()
    {
        Say(Stand, Question, Question, Rest, Question, Rest, Rest, Question, Rest);

        Greeted();
        Answer().ShouldBe(FrameType.Missing);
        Answer().ShouldBe(FrameType.Missing);
        Greeted();
        Answer().ShouldBe(FrameType.Missing);
        Greeted();
        Greeted();
        Answer().ShouldBe(FrameType.Missing);

        agent.ToAgent.Dispose();
        reader.Read().ShouldBeNull();
        agent.WaitForExit();
    }

    [Fact]
    public void It_greets_the_next_when_that_says_something_and_is_silent_until_then()
    {
        Say(Stand, Question);
        Greeted();
        Answer().ShouldBe(FrameType.Missing);
        Say(Rest);
        Waiting.Until(() => Children() is [var child] && File.ReadAllText($"/proc/{child}/wchan").Contains("poll", StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        Say(FrameWriter.Of(FrameType.Ping));

        Greeted();
        reader.Chatter.ShouldBe("");
    }

    [Fact]
    public void What_one_client_left_running_is_not_ended_with_the_next_one()
    {
        var mark = Guid.NewGuid().ToString();
        Say(Stand);
        Greeted();
        Put();
        Exit("daemon", "60", mark).ShouldBe(3);
        Say(Rest);
        Say(LocalAgent.Request("sleep", "60", mark + "-second").ToFrame(stdinGiven: false));
        Greeted();
        Answer().ShouldBe(FrameType.Started);

        agent.ToAgent.Dispose();

        LivingProcesses.ShouldEnd(mark + "-second", TimeSpan.FromSeconds(20));
        agent.WaitForExit();
        var left = LivingProcesses.With(mark);
        left.Count.ShouldBe(1);
        System.Diagnostics.Process.GetProcessById(left[0]).Kill();
    }

    public void Dispose() => agent.Dispose();

    private void Put()
    {
        var file = AgentLab.Counterpart;
        Say(AgentCutTests.Put(file));
        Answer().ShouldBe(FrameType.Stored);
    }

    private int Exit(params string[] arguments)
    {
        Say(LocalAgent.Request(arguments).ToFrame(stdinGiven: false));
        while (true)
        {
            if (reader.Read().ShouldNotBeNull() is { Type: FrameType.Exit } frame)
            {
                var fields = frame.Fields();
                fields.U8().ShouldBe((byte)0);
                return fields.I32();
            }
        }
    }

    private string[] Children() =>
        [.. Directory.EnumerateDirectories($"/proc/{agent.Pid}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private void Say(params byte[][] frames)
    {
        agent.ToAgent.Write([.. frames.SelectMany(frame => frame)]);
        agent.ToAgent.Flush();
    }

    private void Greeted() => reader.ReadGreeting().ShouldNotBeNull();

    private FrameType Answer()
    {
        while (true)
        {
            if (reader.Read().ShouldNotBeNull() is { Type: not (FrameType.Ping or FrameType.Arrived) } frame)
            {
                return frame.Type;
            }
        }
    }
}
