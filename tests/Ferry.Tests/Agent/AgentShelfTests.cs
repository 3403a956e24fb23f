using System.Diagnostics;
using Ferry.Lab;
using Ferry.Remote.Agent;
using Ferry.Remote.Housekeeping;

namespace Ferry.Tests.Agent;

/// <summary>What an agent removes by itself, and what <c>ferry clean</c> has it remove.</summary>
public sealed class AgentShelfTests : IDisposable
{
    private static readonly ProgramFile Old = new("old", new byte[] { 1, 2, 3 });
    private static readonly ProgramFile Young = new("young", new byte[] { 4, 5, 6, 7 });

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_nobody_has_used_for_a_month_goes_when_something_new_has_come()
    {
        using (var before = LocalAgent.Start(folder.Path))
        {
            before.Session.Put([Old, Young]);
        }

        Age(Old, days: 40);
        Age(Young, days: 20);
        Write("agent-0123456789abcdef", days: 40);
        Write("agent-fedcba9876543210", days: 20);
        using (var agent = LocalAgent.Start(folder.Path))
        {
            agent.Run("exit", "3").End.ShouldBe(ProgramEnd.Exited(3));
        }

        Files().ShouldBe(["agent-fedcba9876543210", Path(Young), Path(AgentLab.Counterpart)], ignoreOrder: true);
    }

    [Fact]
    public void A_run_that_sends_nothing_removes_nothing()
    {
        using (var before = LocalAgent.Start(folder.Path))
        {
            before.Session.Put([Old, AgentLab.Counterpart]);
        }

        Age(Old, days: 40);
        using (var agent = LocalAgent.Start(folder.Path))
        {
            agent.Run("exit", "3").End.ShouldBe(ProgramEnd.Exited(3));
        }

        File.Exists(folder[Path(Old)]).ShouldBeTrue();
    }

    [Fact]
    public void Every_run_is_a_use()
    {
        using (var before = LocalAgent.Start(folder.Path))
        {
            before.Session.Put([AgentLab.Counterpart, Old]);
        }

        Age(Old, days: 3);
        Age(AgentLab.Counterpart, days: 5);
        using var agent = LocalAgent.Start(folder.Path);
        agent.Run("exit", "3").End.ShouldBe(ProgramEnd.Exited(3));

        var things = agent.Session.Clean(TimeSpan.FromDays(2), dryRun: true).Things;

        things.Select(thing => (thing.Name, thing.Fate)).ShouldBe([("old", Fate.Goes), ("counterpart", Fate.Stays)]);
        things[0].Idle!.Value.TotalDays.ShouldBeInRange(3, 3.1);
        things[0].ShouldBe(new KeptThing("programs", "old", 3, things[0].Idle, Fate.Goes));
    }

    [Fact]
    public void A_program_that_runs_stays_whoever_cleans()
    {
        using var agent = LocalAgent.Start(folder.Path);
        using var other = LocalAgent.Start(folder.Path);
        var run = new BackgroundRun(agent, LocalAgent.Request("signals", "15"));
        run.Output.WaitFor("ready");
        Age(AgentLab.Counterpart, days: 400);

        Clean(other).ShouldBe([("counterpart", Fate.InUse)]);
        Files().ShouldBe([Path(AgentLab.Counterpart)]);

        agent.Session.Signal(15);
        run.End().ShouldBe(ProgramEnd.Exited(0));
        End(agent);
        Clean(other).ShouldBe([("counterpart", Fate.Goes)]);
        Directory.EnumerateFileSystemEntries(folder["store"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_program_that_was_stored_for_a_run_stays_until_that_run()
    {
        using var agent = LocalAgent.Start(folder.Path);
        using var other = LocalAgent.Start(folder.Path);
        agent.Session.Put([AgentLab.Counterpart]);

        Clean(other).ShouldBe([("counterpart", Fate.InUse)]);

        agent.Run("exit", "3").End.ShouldBe(ProgramEnd.Exited(3));
    }

    [Fact]
    public void A_process_that_was_left_behind_keeps_its_program()
    {
        using var agent = LocalAgent.Start(folder.Path);
        var mark = "mark" + Guid.NewGuid().ToString("N");
        agent.Run("daemon", "60", mark).End.ShouldBe(ProgramEnd.Exited(3));
        End(agent);
        using var other = LocalAgent.Start(folder.Path);

        Clean(other).ShouldBe([("counterpart", Fate.InUse)]);

        LivingProcesses.With(mark).ForEach(pid => Process.GetProcessById(pid).Kill());
        LivingProcesses.ShouldEnd(mark, TimeSpan.FromSeconds(20));
        Clean(other).ShouldBe([("counterpart", Fate.Goes)]);
    }

    [Fact]
    public void Working_trees_go_as_a_whole_and_what_their_links_lead_to_stays()
    {
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside["precious"], "x");
        Directory.CreateDirectory(folder["work/tree/deep"]);
        File.WriteAllText(folder["work/tree/deep/file"], "12345");
        Directory.CreateSymbolicLink(folder["work/tree/deep/link"], outside.Path);
        Directory.SetLastWriteTimeUtc(folder["work/tree"], DateTime.UtcNow.AddDays(-8));
        using var agent = LocalAgent.Start(folder.Path);

        var tree = agent.Session.Clean(TimeSpan.FromDays(7), dryRun: false).Things.ShouldHaveSingleItem();

        (tree.Kind, tree.Name, tree.Fate).ShouldBe(("working trees", "tree", Fate.Goes));
        tree.Size.ShouldBeGreaterThanOrEqualTo(5);
        Directory.Exists(folder["work/tree"]).ShouldBeFalse();
        File.Exists(outside["precious"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("work/tree")]
    [InlineData("work/tree/running")]
    [InlineData("work/tree/lock")]
    public void A_working_tree_that_somebody_holds_stays(string held)
    {
        Directory.CreateDirectory(folder["work/tree"]);
        File.WriteAllText(folder["work/tree/running"], "");
        File.WriteAllText(folder["work/tree/lock"], "");
        using var agent = LocalAgent.Start(folder.Path);
        using (var holder = Process.Start(new ProcessStartInfo("flock", ["-s", folder[held], "-c", "echo held; read end"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!)
        {
            holder.StandardOutput.ReadLine().ShouldBe("held");

            Clean(agent).ShouldBe([("tree", Fate.InUse)]);

            holder.StandardInput.Close();
            holder.WaitForExit(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        }

        Clean(agent).ShouldBe([("tree", Fate.Goes)]);
    }

    [Fact]
    public void What_is_half_sent_goes_only_when_nobody_writes_it_any_more()
    {
        using var agent = LocalAgent.Start(folder.Path);
        Directory.CreateDirectory(folder["store"]);
        Write("agent-0123456789abcdef.77", days: 1);
        Write("agent-0123456789abcdef.78", days: 0);
        Write("store/abc.part", days: 1);
        Write("store/def.part", days: 0);

        Clean(agent).Where(thing => thing.Fate == Fate.Goes).Select(thing => thing.Name).ShouldBe(["agent-0123456789abcdef.77", "abc.part"], ignoreOrder: true);

        Files().ShouldBe(["agent-0123456789abcdef.78", "store/def.part"], ignoreOrder: true);
    }

    [Fact]
    public void A_time_from_before_the_clock_was_set_is_no_age()
    {
        using var agent = LocalAgent.Start(folder.Path);
        agent.Session.Put([Old]);
        End(agent);
        Directory.SetLastWriteTimeUtc(folder["store/" + Old.Sha256], new DateTime(1970, 1, 1, 0, 5, 0, DateTimeKind.Utc));
        using var other = LocalAgent.Start(folder.Path);

        other.Session.Clean(TimeSpan.FromDays(30), dryRun: false).Things.ShouldHaveSingleItem().ShouldBe(new KeptThing("programs", "old", 3, null, Fate.Stays));
        Clean(other).ShouldBe([("old", Fate.Goes)]);
    }

    /// <summary>It tidies up when its client is gone, and then it ends.</summary>
    private static void End(LocalAgent agent)
    {
        agent.Cut();
        agent.WaitForExit();
    }

    private static List<(string Name, Fate Fate)> Clean(LocalAgent agent) => [.. agent.Session.Clean(TimeSpan.Zero, dryRun: false).Things.Select(thing => (thing.Name, thing.Fate))];

    private static string Path(ProgramFile file) => $"store/{file.Sha256}/{file.Name}";

    private string[] Files() => [.. DeviceFiles.In(folder.Path).Select(file => System.IO.Path.GetRelativePath(folder.Path, file))];

    private void Age(ProgramFile file, int days) => Directory.SetLastWriteTimeUtc(folder["store/" + file.Sha256], DateTime.UtcNow.AddDays(-days));

    private void Write(string name, int days)
    {
        File.WriteAllText(folder[name], "x");
        File.SetLastWriteTimeUtc(folder[name], DateTime.UtcNow.AddDays(-days));
    }
}
