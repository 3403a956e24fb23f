using Ferry.Remote.Agent;
using Ferry.Remote.Trees;

namespace Ferry.Tests.Agent;

public sealed class AgentTreeTests : IDisposable
{
    private readonly LocalTree tree = new();
    private readonly LocalAgent agent = LocalAgent.Start();

    public void Dispose()
    {
        agent.Dispose();
        tree.Dispose();
    }

    [Fact]
    public void A_program_meets_its_workspace_under_the_path_that_it_has_here()
    {
        TreePart[] parts = [LocalTree.Part("files", tree.File("data/a.txt", "one"))];

        Run(parts, "read", "data/a.txt").ShouldBe("one\n");
        Run(parts, "folder").ShouldBe(tree.Workspace.Path + "\n");
        Run(parts, "exe").ShouldBe(tree.Workspace["target/x/debug/deps/counterpart-0123456789abcdef"] + "\n");
        Run(parts, "write", tree.Workspace["made"], "by the program").ShouldBe("");
        File.Exists(tree.Workspace["made"]).ShouldBeFalse("the program wrote to the workspace here instead of the tree");
        There("made").ShouldBe("by the program");
    }

    [Fact]
    public void Without_those_paths_folder_and_variables_lead_into_the_tree()
    {
        TreePart[] parts = [LocalTree.Part("files", tree.File("data/a.txt", "one"))];
        var there = tree.FolderOn(agent);

        tree.Run(agent, parts, ["folder"], shows: false).Output.ShouldBe(there + "\n");
        tree.Run(agent, parts, ["exe"], shows: false).Output.ShouldStartWith(there + "/target/");
        var output = new WatchedStream();
        var request = tree.Request(parts, ["env", "HERE"], shows: false) with { Environment = [RawBytes("HERE=" + tree.Workspace["data"])] };
        agent.Session.Run(request, new LocalStreams(null, output, output));
        output.Text.ShouldBe(there + "/data");
    }

    [Fact]
    public void Where_the_kernel_refuses_namespaces_the_program_runs_without_those_paths_and_it_is_told()
    {
        var refusing = $"echo 0 > /proc/sys/user/max_mnt_namespaces && exec {AgentLab.Agent()}";
        using var limited = LocalAgent.Start(agent.Folder, "unshare", "-r", "sh", "-c", refusing);

        tree.Run(limited, [], ["folder"]).Output.ShouldBe(tree.FolderOn(agent) + "\n");

        tree.WithoutView.ShouldNotBeNull().ShouldContain("No space left on device"); // what unshare(2) says at that limit
        tree.Run(limited, [], ["exit", "3"]).End.ShouldBe(ProgramEnd.Exited(3));
    }

    [Fact]
    public void What_changed_here_changes_there_and_what_the_program_made_stays()
    {
        Run([LocalTree.Part("files", tree.File("a", "one"), tree.File("b/c/d", "two"), tree.File("e", "three", mode: 0x124))], "write", "mine", "made").ShouldBe("");
        Stat("%a", "e").ShouldBe("444");

        Run([LocalTree.Part("files", tree.File("a", "changed"), tree.File("b/new", "four"), tree.File("e", "three", mode: 0x1ED))], "exit").ShouldBe("");

        (There("a"), There("b/new"), There("mine")).ShouldBe(("changed", "four", "made"));
        Directory.Exists(Path.Combine(tree.FolderOn(agent), "b/c")).ShouldBeFalse("an empty folder stayed");
        Stat("%a", "e").ShouldBe("755");
    }

    [Fact]
    public void A_file_may_become_a_folder_and_a_folder_a_file()
    {
        Run([LocalTree.Part("files", tree.File("x", "a file"))], "exit");
        File.Delete(tree.Workspace["x"]);

        Run([LocalTree.Part("files", tree.File("x/y", "deeper"))], "read", "x/y").ShouldBe("deeper\n");
        Directory.Delete(tree.Workspace["x"], recursive: true);
        Run([LocalTree.Part("files", tree.File("x", "a file"))], "read", "x").ShouldBe("a file\n");
    }

    [Fact]
    public void Files_of_every_size_arrive()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var entries = Enumerable.Range(0, 200).Select(i => tree.File($"d{i % 7}/f{i}", new string('x', i % 5 == 0 ? 0 : random.Next(70_000)) + i % 3)).ToArray();
        var empty = tree.File("empty", "");

        Run([LocalTree.Part("files", [.. entries, empty])], "read", "d0/f0").ShouldBe("0\n", $"seed {seed}");
        foreach (var entry in entries)
        {
            There(entry.Path["workspace/".Length..]).ShouldBe(File.ReadAllText(entry.Source), $"{entry.Path}, seed {seed}");
        }

        Run([LocalTree.Part("only", tree.File("nothing", ""))], "read", "nothing").ShouldBe("\n");
        There("empty").ShouldBe("");
    }

    [Fact]
    public void What_a_program_did_to_its_files_is_undone_before_the_next_one()
    {
        TreePart[] parts = [LocalTree.Part("files", tree.File("a", "one"), tree.File("b", "two"), tree.File("c/d", "three"))];
        Run(parts, "write", "a", "ONE", "b", "-", "c", "-", "c", ">/").ShouldBe("");

        Run(parts, "read", "a", "b", "c/d").ShouldBe("one\ntwo\nthree\n");
    }

    [Fact]
    public void Nothing_is_undone_under_a_program_that_runs()
    {
        TreePart[] parts = [LocalTree.Part("files", tree.File("a", "one"))];
        var running = new BackgroundRun(agent, tree.Request(parts, ["signals", "15"]));
        running.Output.WaitFor("ready");
        using var other = LocalAgent.Start(agent.Folder);

        tree.Run(other, parts, ["write", "a", "changed meanwhile"]);
        tree.Run(other, parts, ["read", "a"]).Output.ShouldBe("changed meanwhile\n");

        agent.Session.Signal(15);
        running.End().IsSuccess.ShouldBeTrue();
        tree.Run(other, parts, ["read", "a"]).Output.ShouldBe("one\n");
    }

    [Fact]
    public void Two_parts_may_share_a_file()
    {
        TreePart[] one = [LocalTree.Part("one", tree.File("shared", "x"), tree.File("a", "1"))];
        TreePart[] two = [LocalTree.Part("two", tree.File("shared", "x"), tree.File("b", "2"))];
        Run(one, "exit");
        var placed = Changed("shared");

        Run(two, "read", "shared", "a", "b").ShouldBe("x\n1\n2\n");
        Run(one, "exit");
        Changed("shared").ShouldBe(placed, "it was placed again");

        Run([LocalTree.Part("two", tree.File("b", "2"))], "read", "shared").ShouldBe("x\n");
    }

    [Fact]
    public void An_unchanged_tree_is_not_written_to()
    {
        TreePart[] parts = [LocalTree.Part("files", tree.File("a", "one")), LocalTree.Part("programs", LocalTree.Program("target/x/debug/tool", AgentLab.Counterpart))];
        Run(parts, "exit");
        var before = Run(parts, "exe") + Changed("a") + Changed("../parts") + Changed("target/x/debug") + Changed("target/x/debug/deps");

        (Run(parts, "exe") + Changed("a") + Changed("../parts") + Changed("target/x/debug") + Changed("target/x/debug/deps")).ShouldBe(before);
    }

    [Fact]
    public void Programs_are_the_stores_own_files()
    {
        Run([LocalTree.Part("programs", LocalTree.Program("target/x/debug/tool", AgentLab.Counterpart))], "exit");

        Stat("%h", "target/x/debug/tool").ShouldBe("3"); // the store's, the program's that ran, and this one
    }

    [Fact]
    public void A_program_that_was_rebuilt_takes_the_place_of_the_one_before()
    {
        var shorter = new ProgramFile("tool", "#!/bin/sh\necho old\n"u8.ToArray());
        var newer = new ProgramFile("tool", "#!/bin/sh\necho another\n"u8.ToArray());
        Run([LocalTree.Part("programs", LocalTree.Program("target/x/debug/tool", shorter))], "read", "target/x/debug/tool").ShouldContain("old");

        Run([LocalTree.Part("programs", LocalTree.Program("target/x/debug/tool", newer))], "read", "target/x/debug/tool").ShouldContain("another");
    }

    [Fact]
    public void What_an_agent_that_was_killed_has_left_in_a_tree_is_cleared_away()
    {
        TreePart[] parts = [LocalTree.Part("files", tree.File("a", "one"))];
        Run(parts, "exit");
        var left = Directory.CreateDirectory(Path.Combine(tree.FolderOn(agent), "../new.4194999")).FullName;

        Run([LocalTree.Part("files", tree.File("a", "two"))], "exit");

        Directory.Exists(left).ShouldBeFalse();
    }

    [Fact]
    public void Many_runs_at_once_in_one_tree_do_not_disturb_each_other()
    {
        var entries = Enumerable.Range(0, 50).Select(i => tree.File($"f{i}", $"{i}")).ToArray();
        TreePart[] parts = [LocalTree.Part("files", entries)];
        var agents = Enumerable.Range(0, 6).Select(_ => LocalAgent.Start(agent.Folder)).ToList();

        var runs = agents.Select(one => new BackgroundRun(one, tree.Request(parts, ["read", "f0", "f49"]))).ToList();

        runs.ForEach(run => run.End().IsSuccess.ShouldBeTrue());
        runs.ForEach(run => run.Output.Text.ShouldBe("0\n49\n"));
        agents.ForEach(one => one.Dispose());
        Directory.GetFileSystemEntries(Path.Combine(tree.FolderOn(agent), "..")).Select(Path.GetFileName).Order().ShouldBe(["lock", "parts", "running", "view", "workspace"]);
    }

    private static byte[] RawBytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private string Run(IReadOnlyList<TreePart> parts, params string[] arguments) => tree.Run(agent, parts, arguments).Output;

    private string There(string name) => File.ReadAllText(Path.Combine(tree.FolderOn(agent), name));

    private string Changed(string name) => Stat("%z %i", name);

    private string Stat(string format, string name) => Lab.Run.Process("stat", ["-c", format, Path.Combine(tree.FolderOn(agent), name)]).ShouldExitWith(0).Output.Trim();
}
