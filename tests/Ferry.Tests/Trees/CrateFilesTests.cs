using Ferry.Lab;
using Ferry.Remote.Trees;

namespace Ferry.Tests.Trees;

public sealed class CrateFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_setting_all_goes_along_but_what_is_hidden_cargos_or_another_packages()
    {
        Write("Cargo.toml", "src/lib.rs", "tests/data/a", "tests/data/project/Cargo.toml", ".git/config", ".hidden", "target/debug/x", "other/Cargo.toml", "other/a");
        Write("cache/CACHEDIR.TAG", "cache/x");

        Paths(Crate(null)).ShouldBe(["workspace/Cargo.toml", "workspace/src/lib.rs", "workspace/tests/data/a", "workspace/tests/data/project/Cargo.toml"]);
        warnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_much_does_not_go_along_by_itself_and_the_setting_is_named()
    {
        File.WriteAllBytes(folder["large"], new byte[(16 << 20) + 1]);

        Paths(Crate(null)).ShouldBeEmpty();
        warnings.Single().ShouldContain("files = [\"testdata/**\"]");
        warnings.Clear();
        Paths(Crate(["large"])).ShouldBe(["workspace/large"]);
        warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_pattern_names_files_or_folders_hidden_ones_too()
    {
        Write("data/a.txt", "data/deep/b.txt", "data/deep/c.bin", ".config/d", "elsewhere/e");

        Paths(Crate(["data/**/*.txt", ".config"])).ShouldBe(["workspace/.config/d", "workspace/data/a.txt", "workspace/data/deep/b.txt"]);
        Paths(Crate(["data/deep", "data/deep/**"])).ShouldBe(["workspace/data/deep/b.txt", "workspace/data/deep/c.bin"]);
        Paths(Crate([])).ShouldBeEmpty();
        warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_pattern_that_names_nothing_is_told()
    {
        Write("data/a.txt");

        Paths(Crate(["data/*.bin", "data"])).ShouldBe(["workspace/data/a.txt"]);
        warnings.Single().ShouldContain("'data/*.bin'");
    }

    [Fact]
    public void A_pattern_may_lead_to_the_workspaces_files_but_not_out_of_it()
    {
        Write("shared/a", "member/Cargo.toml");

        Paths(Crate(["../shared/**"], "member")).ShouldBe(["workspace/shared/a"]);
        Should.Throw<FerryException>(() => Paths(Crate(["../../x"], "member"))).Message.ShouldContain("'../../x'");
    }

    [Fact]
    public void A_link_goes_as_a_link_and_one_that_leads_out_as_its_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var elsewhere = new TemporaryFolder();
        File.WriteAllText(elsewhere["x"], "out there");
        Write("data/a");
        File.CreateSymbolicLink(folder["data/near"], "a");
        File.CreateSymbolicLink(folder["data/absolute"], folder["data/a"]);
        File.CreateSymbolicLink(folder["data/far"], elsewhere["x"]);
        File.CreateSymbolicLink(folder["data/folder"], elsewhere.Path);

        var entries = Entries(Crate(null)).ToDictionary(entry => Path.GetFileName(entry.Path));

        entries["near"].ShouldSatisfyAllConditions(near => near.Kind.ShouldBe(TreeEntryKind.Link), near => near.Target.ShouldBe("a"));
        entries["absolute"].Target.ShouldBe("a");
        entries["far"].ShouldSatisfyAllConditions(far => far.Kind.ShouldBe(TreeEntryKind.Data), far => far.Size.ShouldBe(9));
        entries.ShouldNotContainKey("folder");
        warnings.Single().ShouldContain("leads out of the workspace");
    }

    [Fact]
    public void An_edit_makes_another_part_and_no_edit_the_same()
    {
        Write("a", "b");
        var before = new TreePart("x", Entries(Crate(null))).Hash;

        new TreePart("x", Entries(Crate(null))).Hash.ShouldBe(before);
        File.WriteAllText(folder["b"], "c");
        new TreePart("x", Entries(Crate(null))).Hash.ShouldNotBe(before);
    }

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllText(folder[name], name);
        }
    }

    private CrateFacts Crate(IReadOnlyList<string>? files, string member = "") => new()
    {
        Folder = Path.Combine(folder.Path, member).TrimEnd('/'),
        Workspace = folder.Path,
        Target = folder["target"],
        Programs = [],
        Tests = [],
        Others = [folder["other"]],
        Files = files,
    };

    private IReadOnlyList<TreeEntry> Entries(CrateFacts crate) => CrateFiles.Of(crate, new TreePlace(folder.Path, "workspace"), warnings.Add);

    private IEnumerable<string> Paths(CrateFacts crate) => Entries(crate).Select(entry => entry.Path);
}
