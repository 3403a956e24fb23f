using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.Linking;

public sealed class LinkFolderTests(Bench bench) : IClassFixture<Bench>
{
    private const string Target = "aarch64-unknown-linux-gnu";

    [Fact]
    public void Eight_Ferrys_make_one_folder_at_once_and_leave_nothing_beside_it()
    {
        var below = Path.Combine(bench.Workspace, "eight");
        var folders = new LinkFolder[8];
        var threads = Enumerable.Range(0, folders.Length).Select(i => new Thread(() => folders[i] = Make(below))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        folders.ShouldAllBe(folder => folder == folders[0]);
        Directory.GetFileSystemEntries(below).ShouldBe([folders[0].Root]);
    }

    [Theory]
    [InlineData("link.json")]
    [InlineData("start-program.o")]
    [InlineData("lib")]
    [InlineData("ferry-linker")]
    public void A_folder_that_was_cut_short_is_made_again(string missing)
    {
        var below = Path.Combine(bench.Workspace, "cut short " + missing);
        var folder = Make(below);
        var path = Path.Combine(folder.Root, missing);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        Make(below).ShouldBe(folder);
        (Directory.Exists(path) || File.Exists(path)).ShouldBeTrue();
        Directory.GetFileSystemEntries(below).ShouldBe([folder.Root]);
    }

    [Fact]
    public void A_half_written_link_json_is_noticed()
    {
        var below = Path.Combine(bench.Workspace, "half");
        var json = Path.Combine(Make(below).Root, LinkSettings.FileName);
        var whole = File.ReadAllText(json);
        File.WriteAllText(json, whole[..(whole.Length / 2)]);
        Make(below);
        File.ReadAllText(json).ShouldBe(whole);
    }

    [Fact]
    public void Libraries_that_have_gone_since_are_noticed()
    {
        var (below, device) = (Path.Combine(bench.Workspace, "gone"), Path.Combine(bench.Workspace, "gone from"));
        var sysroot = Platform.Of(Target).Sysroot;
        Directory.CreateDirectory(Path.Combine(device, "lib"));
        foreach (var library in Directory.GetFiles(Path.Combine(sysroot.Folder, "lib"), "*.so*"))
        {
            File.Copy(library, Path.Combine(device, "lib", Path.GetFileName(library)));
        }

        var folder = LinkFolder.Make(bench.Toolchain, Target, sysroot with { Folder = device }, ferry: Bench.Ferry, below: below);
        foreach (var library in Directory.GetFiles(Path.Combine(device, "lib"), "libm*"))
        {
            File.Delete(library);
        }

        LinkFolder.Make(bench.Toolchain, Target, sysroot with { Folder = device }, ferry: Bench.Ferry, below: below).ShouldBe(folder);
        new FileInfo(Path.Combine(folder.Libraries, "libm.so")).LinkTarget.ShouldBeNull();
        File.Exists(Path.Combine(folder.Libraries, "libc.so")).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_that_is_whole_is_left_as_it_is()
    {
        var below = Path.Combine(bench.Workspace, "whole");
        var json = Path.Combine(Make(below).Root, LinkSettings.FileName);
        var long_ago = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(json, long_ago);
        Make(below);
        File.GetLastWriteTimeUtc(json).ShouldBe(long_ago);
    }

    [Fact]
    public void Another_set_of_libraries_is_another_folder()
    {
        var below = Path.Combine(bench.Workspace, "two");
        var sysroot = Platform.Of(Target).Sysroot;
        LinkFolder.Make(bench.Toolchain, Target, sysroot with { Id = "newer" }, ferry: Bench.Ferry, below: below).ShouldNotBe(Make(below));
    }

    [Fact]
    public void A_Ferry_that_moved_is_named_anew()
    {
        var below = Path.Combine(bench.Workspace, "moved");
        var folder = Make(below);
        LinkFolder.Make(bench.Toolchain, Target, Platform.Of(Target).Sysroot, ferry: "/elsewhere/ferry", below: below);
        new FileInfo(folder.Linker).LinkTarget.ShouldBe("/elsewhere/ferry");
    }

    [Fact]
    public void The_door_says_what_it_misses()
    {
        var folder = Make(Path.Combine(bench.Workspace, "door"));
        var settings = LinkSettings.Read(folder.Root).ShouldNotBeNull();
        (settings with { Linker = "/nowhere/rust-lld" }).Write(folder.Root);
        var noLinker = Run.Process(folder.Linker, ["-o", "out"], environment: [new("PATH", "/nowhere")]).ShouldExitWith(1);
        noLinker.Errors.ShouldContain("error: no linker: neither rust-lld on rustc's PATH nor '/nowhere/rust-lld'");

        File.Delete(Path.Combine(folder.Root, LinkSettings.FileName));
        var noSettings = Run.Process(folder.Linker, ["-o", "out"]).ShouldExitWith(1);
        noSettings.Errors.ShouldContain("error: no link.json");
        noSettings.OutputBytes.ShouldBeEmpty();
    }

    [Fact]
    public void What_link_json_says_is_read_back()
    {
        var settings = new LinkSettings
        {
            Version = LinkSettings.CurrentVersion,
            Target = Target,
            Linker = "/rust/\"lld\"",
            Sysroot = "/sys räum 日本",
            Interpreter = null,
            Loader = null,
            LibraryFolders = ["/a", "/b c"],
            HostLinker = "/host",
        };
        settings.Write(bench.Workspace);
        LinkSettings.Read(bench.Workspace).ShouldNotBeNull().ToBytes().ShouldBe(settings.ToBytes());
        LinkSettings.Read(bench.Workspace)!.LibraryFolders.ShouldBe(["/a", "/b c"]);
    }

    [Fact]
    public void Libraries_get_the_names_that_linkers_look_for()
    {
        var device = Directory.CreateDirectory(Path.Combine(bench.Workspace, "device libraries")).FullName;
        var into = Path.Combine(bench.Workspace, "names");
        foreach (var name in new[] { "libc.so.6", "libz.so.1", "libz.so.1.2.13", "libssl.so.1.1", "libssl.so.3", "libstdc++.so.6", "libfoo-2.0.so.0", "libbar.so", "libbaz.so.old", "libn.so.9", "libn.so.10" })
        {
            File.WriteAllText(Path.Combine(device, name), "");
        }

        File.CreateSymbolicLink(Path.Combine(device, "libgone.so"), "libgone.so.2");
        LibraryNames.Link([device], into);
        Directory.GetFiles(into, "*.so").Select(file => $"{Path.GetFileName(file)} {Path.GetFileName(new FileInfo(file).LinkTarget)}").Order(StringComparer.Ordinal).ShouldBe(
            ["libc.so libc.so.6", "libfoo-2.0.so libfoo-2.0.so.0", "libn.so libn.so.10", "libssl.so libssl.so.3", "libstdc++.so libstdc++.so.6", "libz.so libz.so.1"]);
        Directory.GetFiles(into, "*.a").Select(Path.GetFileName).Order().ShouldBe(["libdl.a", "libpthread.a", "librt.a", "libutil.a"]);
    }

    private LinkFolder Make(string below) => LinkFolder.Make(bench.Toolchain, Target, Platform.Of(Target).Sysroot, ferry: Bench.Ferry, below: below);
}
