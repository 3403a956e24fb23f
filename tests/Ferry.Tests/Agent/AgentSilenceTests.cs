using System.Diagnostics;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>In a class of its own: it takes the twenty seconds that it is about, beside the others.</summary>
public sealed class AgentSilenceTests
{
    [Fact]
    public void A_client_that_falls_silent_is_given_up_and_its_program_ended()
    {
        var mark = Guid.NewGuid().ToString();
        using var agent = LocalAgent.StartSilent();
        agent.ToAgent.Write([.. AgentCutTests.Put(AgentLab.Counterpart), .. LocalAgent.Request("stubborn", mark).ToFrame(stdinGiven: false)]);
        agent.ToAgent.Flush();
        var clock = Stopwatch.StartNew();

        var reader = new FrameReader(agent.FromAgent);
        reader.ReadGreeting().ShouldNotBeNull();
        var heartbeats = 0;
        while (reader.Read() is { } frame)
        {
            heartbeats += frame.Type == FrameType.Ping ? 1 : 0;
        }

        clock.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(30));
        heartbeats.ShouldBeInRange(3, 5);
        LivingProcesses.With(mark).ShouldBeEmpty();
        agent.WaitForExit();
    }
}
