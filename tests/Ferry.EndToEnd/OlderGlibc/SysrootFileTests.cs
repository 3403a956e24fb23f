using System.IO.Compression;
using Ferry.Lab;

namespace Ferry.EndToEnd.OlderGlibc;

/// <summary><c>ferry sysroot export</c> and <c>import</c>: a device as a file.</summary>
public sealed class SysrootFileTests(OldDevice old) : IClassFixture<OldDevice>
{
    [Fact]
    public void An_imported_device_is_built_for_and_checked_against()
    {
        new FileInfo(old.NewDevice).Length.ShouldBeLessThan(300_000);
        old.Run("build", "--on", "new").ShouldExitWith(0);
        old.Run("device", "list").ShouldExitWith(0).Output.ShouldContain("imported");
        old.Run("device", "show", "new").ShouldExitWith(0).Output.ShouldContain("imported");
    }

    [Fact]
    public void It_cannot_be_reached_and_the_emulator_can()
    {
        var run = old.Run("run", "--on", "new").ShouldExitWith(125);
        run.Errors.ShouldContain("error: device 'new' was imported, and has no address");
        run.Errors.ShouldContain("--on emulator:cortex-a53");
        run.Errors.ShouldNotContain("Compiling");
        old.Run("device", "check", "new").ShouldExitWith(3).Errors.ShouldContain("ferry device add new [USER@]HOST");
        // The runner alone, as plain cargo calls it.
        var variables = old.Ferry.Variables();
        variables["FERRY_DEVICE"] = "new";
        var program = Path.Combine(old.Project.Folder, "target", "aarch64-unknown-linux-gnu", "debug", "old");
        old.Run("build", "--on", "new").ShouldExitWith(0);
        var runner = Directory.GetFiles(Path.Combine(old.Ferry.Home, "ferry"), "ferry-runner", SearchOption.AllDirectories).ShouldHaveSingleItem();
        Run.Process(runner, [program], old.Project.Folder, variables).ShouldExitWith(125).Errors.ShouldContain("has no address");
    }

    [Fact]
    public void The_same_device_gives_the_same_file_and_nothing_private_is_in_it()
    {
        var again = Path.Combine(old.Ferry.Home, "again.ferry");
        using var other = new FerryTool();
        other.Run("sysroot", "export", again, "--on", "emulator").ShouldExitWith(0);
        File.ReadAllBytes(again).ShouldBe(File.ReadAllBytes(old.NewDevice));
        using var archive = ZipFile.OpenRead(again);
        using var text = new StreamReader(archive.GetEntry("export.json")!.Open());
        text.ReadToEnd().ShouldNotContain(other.Home);
    }

    [Fact]
    public void An_export_of_an_export_is_the_same_but_for_the_name()
    {
        var again = Path.Combine(old.Ferry.Home, "second.ferry");
        old.Run("sysroot", "export", again, "--on", "new").ShouldExitWith(0);
        Entries(again).Skip(1).ShouldBe(Entries(old.NewDevice).Skip(1));
    }

    [Fact]
    public void Importing_twice_is_refused_unless_it_is_meant()
    {
        var twice = old.Run("sysroot", "import", old.NewDevice, "--as", "new").ShouldExitWith(2);
        twice.Errors.ShouldContain("error: there is a device 'new' already");
        twice.Errors.ShouldContain("--replace");
        old.Run("sysroot", "import", old.NewDevice, "--as", "new", "--replace").ShouldExitWith(0);
        old.Run("sysroot", "import", old.NewDevice).ShouldExitWith(2).Errors.ShouldContain("the name 'emulator' is taken");
    }

    [Fact]
    public void A_target_of_another_architecture_is_refused() =>
        old.Run("build", "--on", "new", "--target", "armv7-unknown-linux-gnueabihf").ShouldExitWith(2)
            .Errors.ShouldContain("cannot be linked against the libraries of device 'new'");

    [Fact]
    public void Damaged_and_hostile_files_are_refused_and_leave_nothing()
    {
        var state = CargoProject.StateOf(Path.Combine(old.Ferry.Home, "ferry", "config"));
        var whole = File.ReadAllBytes(old.NewDevice);
        Refused([.. whole[..(whole.Length / 2)]], "");
        Refused([], "");
        Refused("hello"u8, "");
        Refused(Changed(json => json.Replace("\"format\": 1", "\"format\": 2")), "its format is 2, and this ferry knows 1");
        Refused(Changed(json => json.Replace("\"/lib/libm.so.6\"", "\"/../../libm.so.6\"")), "a path that is none on a device");
        Refused(Changed(json => json.Replace("\"/lib/libm.so.6\"", "\"/lib/libc.so.6\"")), "it names /lib/libc.so.6 twice");
        Refused(Changed(json => json.Replace("\"machine\": \"aarch64\"", "\"machine\": \"arm\"")), "and the device is arm");
        Refused(Changed(json => json.Replace("\"sha256\": \"", "\"sha256\": \"0")), "is not what it says it is");
        Refused(Changed(json => json[..^20]), "cannot be understood");
        Refused(With("sysroot/../../evil", "x"), "of which it says nothing");
        Refused(With("/etc/passwd", "x"), "of which it says nothing");
        old.Run("sysroot", "import", Path.Combine(old.Ferry.Home, "none.ferry"), "--as", "bad").ShouldExitWith(1).Errors.ShouldContain("cannot read");
        CargoProject.StateOf(Path.Combine(old.Ferry.Home, "ferry", "config")).ShouldBe(state);
    }

    private void Refused(ReadOnlySpan<byte> file, string cause)
    {
        var path = Path.Combine(old.Ferry.Home, "bad.ferry");
        File.WriteAllBytes(path, file);
        var result = old.Run("sysroot", "import", path, "--as", "bad").ShouldExitWith(1);
        result.Errors.ShouldContain("is no export that can be imported");
        result.Errors.ShouldContain(cause);
    }

    private byte[] Changed(Func<string, string> change)
    {
        using var copy = Copy();
        using (var archive = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.GetEntry("export.json")!;
            string json;
            using (var reader = new StreamReader(entry.Open()))
            {
                json = reader.ReadToEnd();
            }

            var changed = change(json);
            changed.ShouldNotBe(json);
            entry.Delete();
            using var writer = new StreamWriter(archive.CreateEntry("export.json").Open());
            writer.Write(changed);
        }

        return copy.ToArray();
    }

    private byte[] With(string name, string content)
    {
        using var copy = Copy();
        using (var archive = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(content);
        }

        return copy.ToArray();
    }

    private MemoryStream Copy()
    {
        var copy = new MemoryStream();
        copy.Write(File.ReadAllBytes(old.NewDevice));
        return copy;
    }

    private static List<(string Name, uint Crc)> Entries(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        return [.. archive.Entries.Select(entry => (entry.FullName, entry.Crc32))];
    }
}
