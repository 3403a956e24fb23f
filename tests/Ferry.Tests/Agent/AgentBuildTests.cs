using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class AgentBuildTests
{
    [Fact]
    public async Task Two_who_compile_at_once_get_the_same_agent_and_leave_nothing_else()
    {
        using var cache = new TemporaryFolder();

        var made = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => AgentBuild.Make(AgentLab.Rustc, AgentLab.Target, null, cache.Path))));

        made[0].ShouldBe(made[1]);
        Directory.GetFiles(cache.Path, "*", SearchOption.AllDirectories).ShouldBe([made[0]]);
    }

    [Fact]
    public void Why_an_agent_does_not_compile_is_told_in_rustcs_words()
    {
        using var cache = new TemporaryFolder();

        var failure = Should.Throw<FerryException>(() => AgentBuild.Make(AgentLab.Rustc, "no-such-target", null, cache.Path));

        failure.Message.ShouldBe("cannot compile Ferry's agent for no-such-target");
        failure.Cause.ShouldNotBeNull().ShouldContain("no-such-target");
        Directory.GetFiles(cache.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }
}
