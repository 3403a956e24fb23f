using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>
/// The agent of other architectures under qemu's user emulation. The programs that it starts are this PC's own: qemu passes an exec on to
/// the kernel. So this is about the agent: its structures, its arithmetic, its calls.
/// </summary>
public sealed class ForeignAgentTests
{
    [Theory]
    [InlineData("aarch64-unknown-linux-musl", "qemu-aarch64", "cortex-a53")]
    [InlineData("armv7-unknown-linux-musleabihf", "qemu-arm", "cortex-a7")]
    [InlineData("arm-unknown-linux-musleabihf", "qemu-arm", "arm1176")]
    public void The_agent_of_another_architecture_stores_and_runs(string target, string qemu, string cpu)
    {
        Assert.SkipWhen(Tool.Find(qemu) is null, qemu + " is not installed");
        using var agent = LocalAgent.Start(null, qemu, "-cpu", cpu, AgentLab.Agent(target));
        agent.Session.Build.ShouldBe(AgentSource.Build(target));
        var mark = Guid.NewGuid().ToString();

        agent.Run("exit", "7").End.ShouldBe(ProgramEnd.Exited(7));
        agent.Session.Missing([AgentLab.Counterpart]).ShouldBeEmpty();
        agent.Run("die", "15").End.ShouldBe(ProgramEnd.Killed(15));
        var input = new byte[300_000];
        new Random(1).NextBytes(input);
        var output = new MemoryStream();
        agent.Session.Run(LocalAgent.Request("cat"), new LocalStreams(new MemoryStream(input), output, Stream.Null)).ShouldBe(ProgramEnd.Exited(0));
        output.ToArray().AsSpan().SequenceEqual(input).ShouldBeTrue();

        var terminal = new BackgroundRun(agent, LocalAgent.Request("terminal") with { Terminal = new TerminalSize(31, 97) });
        terminal.Output.WaitFor("ready");
        terminal.Output.Text.ShouldStartWith("1 1 1 31x97");
        agent.Session.Resize(new TerminalSize(50, 120));
        terminal.Output.WaitFor("50x120");
        terminal.End().ShouldBe(ProgramEnd.Exited(0));

        // Not the stubborn one: qemu's user emulation knows no PR_SET_CHILD_SUBREAPER.
        var sleeper = new BackgroundRun(agent, LocalAgent.Request("sleep", mark));
        sleeper.Output.WaitFor("ready");
        agent.Cut();
        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(6));
        Should.Throw<FerryException>(() => sleeper.End());
    }
}
