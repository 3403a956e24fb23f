using System.Text;
using Ferry.Remote.Agent;
using Ferry.Remote.Trees;

namespace Ferry.Tests.Agent;

public sealed class AgentResultTests : IDisposable
{
    private readonly LocalTree tree = new();
    private readonly LocalAgent agent = LocalAgent.Start();

    public void Dispose()
    {
        agent.Dispose();
        tree.Dispose();
    }

    [Fact]
    public void What_matches_and_is_new_or_another_comes_back()
    {
        Run(["write", "out/a", "1", "out/deep/b", "2", "other", "3"], "out/**").IsSuccess.ShouldBeTrue();
        Here("out/a").ShouldBe("1");
        Here("out/deep/b").ShouldBe("2");
        File.Exists(tree.Workspace["other"]).ShouldBeFalse();
        File.Delete(tree.Workspace["out/a"]);

        Run(["write", "out/deep/b", "4"], "out/**");

        Here("out/deep/b").ShouldBe("4");
        File.Exists(tree.Workspace["out/a"]).ShouldBeFalse("it did not change there");
    }

    [Fact]
    public void A_large_file_comes_back_whole()
    {
        var text = new string('x', 100_000);
        Run(["write", "large", text], "large");
        Here("large").ShouldBe(text);
    }

    [Fact]
    public void Links_are_not_followed_there()
    {
        Run(["write", "out/x", "1", "out/link", ">/etc/passwd", "out/folder", ">/etc"], "out/**");

        Directory.GetFileSystemEntries(tree.Workspace["out"]).Select(Path.GetFileName).ShouldBe(["x"]);
    }

    [Fact]
    public void Links_are_not_written_through_here()
    {
        using var elsewhere = new Lab.TemporaryFolder();
        Directory.CreateSymbolicLink(tree.Workspace["out"], elsewhere.Path);

        Run(["write", "out/x", "1"], "out/**");

        Directory.GetFileSystemEntries(elsewhere.Path).ShouldBeEmpty();
        tree.Warnings.Single().ShouldContain("out/x");
    }

    [Fact]
    public void Results_come_back_from_a_program_that_fails()
    {
        agent.Session.Run(tree.Request([], ["both"], true, "out/*"), new LocalStreams(null, Stream.Null, Stream.Null));
        Run(["write", "out/x", "1", "/nowhere/at/all/x"], "out/*").IsSuccess.ShouldBeFalse();

        Here("out/x").ShouldBe("1");
    }

    [Theory]
    [InlineData("workspace/../../x")]
    [InlineData("/etc/x")]
    [InlineData("workspace/out/../../x")]
    [InlineData("workspace/other")]
    [InlineData("elsewhere/out/x")]
    [InlineData("workspace/out/a\nb")]
    [InlineData("workspace//out/x")]
    [InlineData("workspace/out/..")]
    public void A_path_that_was_not_asked_for_is_refused(string path)
    {
        var warnings = new List<string>();
        var results = new TreeResults { Patterns = [new("workspace", Glob.Parse("out/**")!)], Places = [new(tree.Workspace.Path, "workspace")], Warn = warnings.Add };
        var frame = new FrameWriter(FrameType.Results).List([path], (fields, name) => fields.Bytes(Encoding.UTF8.GetBytes(name)).U64(1)).ToArray();
        using var asked = new MemoryStream();
        using var link = new AgentLink(asked, Stream.Null);

        results.Fetch(link, "0123456789abcdef", new Frame(FrameType.Results, frame[Frame.HeadLength..]));

        warnings.Single().ShouldContain("is not brought back");
        asked.ToArray().ShouldBeEmpty();
    }

    private ProgramEnd Run(string[] arguments, params string[] results) => tree.Run(agent, [], arguments, true, results).End;

    private string Here(string name) => File.ReadAllText(tree.Workspace[name]);
}
