using System.Text;
using Ferry.Devices;
using Ferry.Lab;
using Ferry.Remote.Sysroots;
using Ferry.Tests.Probing;

namespace Ferry.Tests.Sysroots;

public sealed class SysrootFetchTests : IDisposable
{
    private static readonly Lazy<DeviceProfile> Here = new(() => new LocalDevice("sh") { Home = Path.GetTempPath() }.Probe());

    private readonly TemporaryFolder folder = new();
    private readonly SysrootStore store;
    private readonly LocalDevice device;
    private int trips;

    public SysrootFetchTests()
    {
        store = new SysrootStore(folder["sysroots"]);
        device = new LocalDevice("sh") { Home = folder.Path };
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_libraries_come_and_lie_where_the_device_has_them(bool gzip)
    {
        var profile = Here.Value with { Tools = gzip ? ["gzip"] : [] };
        var told = new List<(long Done, long Total)>();
        var sysroot = SysrootFetch.Run(Counted, profile, "here", store, (done, total) => told.Add((done, total)))!;
        trips.ShouldBe(1);
        told[0].Done.ShouldBe(0);
        told[^1].Done.ShouldBe(told[^1].Total);
        foreach (var library in profile.RuntimeLibraries)
        {
            File.ReadAllBytes(sysroot.PathOf(library.Path)).ShouldBe(File.ReadAllBytes(library.Path), library.Path);
            File.Exists(sysroot.PathOf(library.RealPath)).ShouldBeTrue(library.RealPath);
        }

        // Both names of a folder lead to the library: with a merged /usr one is the loader's, the other the linker's.
        foreach (var other in profile.LibraryFolders.Where(other => other.Names.Contains("libc.so.6")))
        {
            File.Exists(sysroot.PathOf(other.Path + "/libc.so.6")).ShouldBeTrue(other.Path);
        }

        File.Exists(sysroot.PathOf(sysroot.Description.Interpreter!)).ShouldBeTrue();
        sysroot.FindLibrary("libc.so.6").ShouldNotBeNull();
        sysroot.Libraries["libc.so.6"].Versions.ShouldContain("GLIBC_" + profile.Libc.Version);
        sysroot.Description.LibraryFolders.ShouldBeSubsetOf(profile.LibraryFolders.Select(one => one.Path));
        Directory.EnumerateDirectories(folder["sysroots"]).ShouldBe([sysroot.Folder]);
    }

    [Fact]
    public void What_is_here_is_not_asked_for_again()
    {
        var first = SysrootFetch.Run(Counted, Here.Value, "here", store)!;
        SysrootFetch.Run(Counted, Here.Value, "here", store)!.Folder.ShouldBe(first.Folder);
        trips.ShouldBe(1);

        // Another device without sha256sum, whose files are the same: cksum tells.
        var plainer = Here.Value with { RuntimeLibraries = [.. Here.Value.RuntimeLibraries.Select(file => file with { Sha256 = null, Cksum = PosixChecksum.Of(File.ReadAllBytes(file.Path)) })] };
        SysrootFetch.Run(Counted, plainer, "there", store)!.Id.ShouldBe(first.Id);
        trips.ShouldBe(1);
    }

    [Fact]
    public void Only_what_differs_comes_from_a_device_with_some_other_files()
    {
        SysrootFetch.Run(device.Run, Few("libc.so.6"), "one", store);
        var script = "";
        SysrootFetch.Run(sent => device.Run(script = sent), Few("libc.so.6", "libm.so.6"), "two", store)!.FindLibrary("libm.so.6").ShouldNotBeNull();
        script.ShouldContain("/libm.so.6");
        script.ShouldNotContain("/libc.so.6");
    }

    [Fact]
    public void A_device_without_any_checksum_is_believed_and_read_each_time()
    {
        var silent = Here.Value with { RuntimeLibraries = [.. Few("libc.so.6").RuntimeLibraries.Select(file => file with { Sha256 = null })] };
        var first = SysrootFetch.Run(Counted, silent, "here", store)!;
        SysrootFetch.Run(Counted, silent, "here", store)!.Id.ShouldBe(first.Id);
        trips.ShouldBe(2);
    }

    [Fact]
    public void An_answer_cut_short_anywhere_leaves_nothing_and_the_next_try_works()
    {
        var profile = Few("libm.so.6", "libgcc_s.so.1");
        foreach (var gzip in new[] { true, false })
        {
            var asked = profile with { Tools = gzip ? ["gzip"] : [] };
            var script = "";
            Should.Throw<FerryException>(() => SysrootFetch.Run(sent => { script = sent; return new MemoryStream(); }, asked, "here", store)).Cause.ShouldBe("its answer was cut short");
            var whole = device.Output(script);
            var seed = Environment.TickCount;
            var random = new Random(seed);
            // gzip's last bytes are its own checksum: without them all the files are there.
            var last = whole.Length - (gzip ? 16 : 1);
            int[] lengths = [0, 1, 10, 20, 30, 60, whole.Length / 2, last, .. Enumerable.Range(0, 30).Select(_ => random.Next(last))];
            foreach (var length in lengths)
            {
                Should.Throw<FerryException>(() => SysrootFetch.Run(_ => new MemoryStream(whole[..length]), asked, "here", store), $"at {length} of {whole.Length}, seed {seed}").Exit.ShouldBe(ExitCode.DeviceUnreachable);
                Directory.Exists(folder["sysroots"]).ShouldBeFalse($"at {length}");
            }
        }

        SysrootFetch.Run(device.Run, profile, "here", store).ShouldNotBeNull();
    }

    [Fact]
    public void A_damaged_answer_is_noticed()
    {
        var asked = Few("libgcc_s.so.1") with { Tools = [] };
        var whole = device.Output(FetchScript.For([WantedFile.Of(asked)[0].Paths[0]], gzip: false));
        whole[whole.Length / 2] ^= 1;
        Should.Throw<FerryException>(() => SysrootFetch.Run(_ => new MemoryStream(whole), asked, "here", store)).Cause!.ShouldEndWith("is not what the device said it is");
    }

    [Theory]
    [InlineData("==ferry-files==\nfile 4 /etc/passwd\nabcd\nend\n", "something came that was not asked for")]
    [InlineData("==ferry-files==\nfile 4 ../../x\nabcdend\n", "something came that was not asked for")]
    [InlineData("==ferry-files==\nfile -4 /lib/libc.so.6\nabcdend\n", "something came that was not asked for")]
    [InlineData("==ferry-files==\nfile 999999999999 /lib/libc.so.6\nabcdend\n", "/lib/libc.so.6 has 999999999999 bytes, more than 67108864")]
    [InlineData("==ferry-files==\nfile 60000000 /lib/libc.so.6\nabcdend\n", "its answer was cut short")]
    [InlineData("==ferry-files==\nend\n", "/lib/libc.so.6 could not be read there")]
    [InlineData("==ferry-files==\nfile 1 /lib/libc.so.6\nxfile 1 /lib/libc.so.6\nyend\n", "/lib/libc.so.6 is not what the device said it is")]
    [InlineData("==ferry-files-gzip==\nnot gzip at all, but long enough to be a header", null)]
    [InlineData("no marker\n", "its answer was cut short")]
    public void A_hostile_answer_is_an_error_and_nothing_is_written(string answer, string? cause)
    {
        var profile = new DeviceProfile { RuntimeLibraries = [new() { Path = "/lib/libc.so.6", RealPath = "/lib/libc.so.6" }] };
        var error = Should.Throw<FerryException>(() => SysrootFetch.Run(_ => new MemoryStream(Encoding.ASCII.GetBytes(answer)), profile, "box", store));
        error.Message.ShouldBe("cannot bring the libraries of device 'box' here");
        error.Cause.ShouldBe(cause ?? error.Cause);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void An_endless_answer_ends() =>
        Should.Throw<FerryException>(() => SysrootFetch.Run(_ => new EndlessStream(), Few("libc.so.6"), "box", store)).Cause.ShouldBe("a line without an end");

    [Fact]
    public void One_path_with_two_checksums_is_asked_for_once()
    {
        var profile = new DeviceProfile
        {
            RuntimeLibraries = [new() { Path = "/lib/a", RealPath = "/lib/x", Sha256 = new('0', 64) }, new() { Path = "/lib/b", RealPath = "/lib/x", Sha256 = new('1', 64) }],
        };
        Should.Throw<FerryException>(() => SysrootFetch.Run(_ => new MemoryStream("==ferry-files==\nfile 1 /lib/x\nxend\n"u8.ToArray()), profile, "box", store)).Cause!.ShouldEndWith("is not what the device said it is");
    }

    [Fact]
    public void Paths_that_collide_are_an_error_and_nothing_is_left()
    {
        var profile = new DeviceProfile
        {
            RuntimeLibraries = [new() { Path = "/lib/a", RealPath = "/lib/a" }, new() { Path = "/lib/a/b", RealPath = "/lib/a/b" }],
        };
        Should.Throw<FerryException>(() => SysrootFetch.Run(_ => new MemoryStream("==ferry-files==\nfile 1 /lib/a\nxfile 1 /lib/a/b\nyend\n"u8.ToArray()), profile, "box", store));
        Directory.EnumerateFileSystemEntries(folder["sysroots"]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sysroot.json")]
    [InlineData("a library")]
    [InlineData("a short library")]
    [InlineData("a path upward")]
    public void A_sysroot_that_is_damaged_is_made_again(string damage)
    {
        var profile = Few("libc.so.6", "libm.so.6");
        var first = SysrootFetch.Run(Counted, profile, "here", store)!;
        var content = first.PathOf(first.Description.Files[0].Paths[0]);
        switch (damage)
        {
            case "sysroot.json": File.WriteAllText(Path.Combine(first.Folder, "sysroot.json"), "{"); break;
            case "a path upward": File.WriteAllText(Path.Combine(first.Folder, "sysroot.json"), File.ReadAllText(Path.Combine(first.Folder, "sysroot.json")).Replace("\"/usr/", "\"/../")); break;
            case "a library": File.Delete(content); break;
            default: File.WriteAllText(content, "short"); break;
        }

        var again = SysrootFetch.Run(Counted, profile, "here", store)!;
        trips.ShouldBe(2);
        again.Folder.ShouldBe(first.Folder);
        store.Find(first.Id).ShouldNotBeNull();
        Directory.EnumerateDirectories(folder["sysroots"]).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_device_without_libraries_has_no_sysroot() =>
        SysrootFetch.Run(_ => throw new InvalidOperationException("nobody need be asked"), new DeviceProfile(), "router", store).ShouldBeNull();

    [Theory]
    [InlineData("", "4294967295")]
    [InlineData("a", "1220704766")]
    [InlineData("123456789", "930766865")]
    public void The_checksum_is_that_of_cksum(string text, string sum)
    {
        PosixChecksum.Of(Encoding.ASCII.GetBytes(text)).ShouldBe(sum);
        Run.Process("cksum", [], input: Encoding.ASCII.GetBytes(text)).Output.ShouldStartWith(sum + " ");
    }

    private static DeviceProfile Few(params string[] names) => Here.Value with
    {
        RuntimeLibraries = [.. Here.Value.RuntimeLibraries.Where(file => names.Contains(DevicePath.Name(file.Path)))],
        Libc = Here.Value.Libc with { Interpreter = null, Loaders = [] },
    };

    private Stream Counted(string script)
    {
        trips++;
        return device.Run(script);
    }
}
