using System.Diagnostics;
using System.Text;
using Ferry.Devices;
using Ferry.Elf;
using Ferry.Lab;
using Ferry.Remote.Probing;

namespace Ferry.Tests.Probing;

public sealed class ProbeScriptTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public static TheoryData<string> Shells => ["dash", "bash", "bash --posix", "busybox ash"];

    public void Dispose() => home.Dispose();

    [Theory, MemberData(nameof(Shells))]
    public void Every_shell_tells_what_this_machine_is(string shell)
    {
        var profile = Device(shell).Probe();
        profile.Kernel.Release.ShouldBe(File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
        profile.Userland.Bits.ShouldBe(Environment.Is64BitOperatingSystem ? 64 : 32);
        profile.Cpu.Count.ShouldBe(Environment.ProcessorCount);
        profile.Aux.PageSize.ShouldBe(Environment.SystemPageSize);
        profile.Libc.Loaders.ShouldContain(profile.Libc.Interpreter.ShouldNotBeNull());
        profile.Libc.Version.ShouldBe(Run.Process("getconf", ["GNU_LIBC_VERSION"]).Output.Trim().Split(' ')[1]);
        profile.User.Home.ShouldBe(home.Path);
        profile.MemoryBytes!.Value.ShouldBeGreaterThan(1 << 20);
        profile.LibraryFolders.SelectMany(folder => folder.Names).ShouldContain("libc.so.6");
        var libc = profile.RuntimeLibraries.Single(file => file.Path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        libc.Size.ShouldBe(new FileInfo(libc.RealPath).Length);
        libc.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(libc.Path))));
        profile.Folder!.Path.ShouldBe(home.Path + "/.cache/ferry");
        profile.Folder.FreeBytes!.Value.ShouldBeGreaterThan(1 << 20);
        profile.Folder.FileSystem.ShouldNotBeNullOrEmpty();
        profile.RefusedFolders.ShouldBeEmpty();
        TargetChoice.For(profile).Triple.ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Shells))]
    public void Every_shell_tells_what_the_libraries_define_as_their_own_tables_do(string shell)
    {
        var profile = Device(shell).Probe();
        foreach (var (family, library) in new[] { ("GLIBC", "libc.so.6"), ("GCC", "libgcc_s.so.1"), ("GLIBCXX", "libstdc++.so.6"), ("CXXABI", "libstdc++.so.6") })
        {
            var file = profile.RuntimeLibraries.First(file => file.Path.EndsWith('/' + library, StringComparison.Ordinal));
            var newest = LibraryFacts.Of(library, ElfFile.Read(File.ReadAllBytes(file.RealPath))).Versions
                .Where(version => version.StartsWith(family + '_', StringComparison.Ordinal)).Select(version => Version.TryParse(version[(family.Length + 1)..], out var number) ? number : null).Max();
            profile.Libc.NewestVersions[family].ShouldBe(newest!.ToString());
        }

        profile.Learnt["libc.version"].ShouldBe("the text in its file");
        profile.Learnt["aux.pageSize"].ShouldBe("/proc/self/auxv: AT_PAGESZ");
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public void The_places_for_programs_are_told_with_their_mounts(string shell)
    {
        var profile = (Device(shell) with { Mounts = "mount -t tmpfs -o noexec,nosuid,size=8m none \"$HOME\"" }).Probe();
        var place = profile.Folders.Single(place => place.Path == home.Path + "/.cache/ferry");
        place.FileSystem.ShouldBe("tmpfs");
        place.MountOptions.ShouldContain("noexec");
        place.MountOptions.ShouldContain("nosuid");
        place.FreeBytes!.Value.ShouldBeLessThanOrEqualTo(8 << 20);
        profile.Folders.Single(place => place.Path == profile.Folder!.Path).FreeBytes.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("sudo users", 0, true)]
    [InlineData("wheel", 1, false)]
    [InlineData("users audio", 0, null)]
    public void Only_who_may_have_sudo_is_tried(string groups, int code, bool? told)
    {
        foreach (var (name, text) in new[]
        {
            ("id", $"case $1 in -u) echo 1000 ;; -un) echo pi ;; -Gn) echo {groups} ;; esac"),
            ("sudo", $"echo \"$*\" >>'{home["asked"]}'; exit {code}"),
        })
        {
            Directory.CreateDirectory(home["bin"]);
            File.WriteAllText(home["bin/" + name], $"#!/bin/sh\n{text}\n");
        }

        Run.Process("chmod", ["-R", "+x", home["bin"]]).ShouldExitWith(0);
        new LocalDevice("env", $"PATH={home["bin"]}:{Environment.GetEnvironmentVariable("PATH")}", "sh") { Home = home.Path }.Probe().HasSudo.ShouldBe(told);
        (File.Exists(home["asked"]) ? File.ReadAllText(home["asked"]) : "").ShouldBe(told is null ? "" : "-n true\n");
    }

    [Theory, MemberData(nameof(Shells))]
    public void Nothing_is_left_behind_and_what_was_there_stays(string shell)
    {
        Directory.CreateDirectory(home[".cache/other"]);
        Device(shell).Probe();
        Directory.EnumerateFileSystemEntries(home.Path, "*", SearchOption.AllDirectories).ShouldBe([home[".cache"], home[".cache/other"]], ignoreOrder: true);

        Directory.CreateDirectory(home[".cache/ferry"]);
        File.WriteAllText(home[".cache/ferry/kept"], "");
        Device(shell).Probe().Folder!.Path.ShouldBe(home[".cache/ferry"]);
        Directory.EnumerateFileSystemEntries(home[".cache/ferry"]).ShouldBe([home[".cache/ferry/kept"]]);
    }

    [Theory, MemberData(nameof(Shells))]
    public void A_script_that_is_cut_short_on_its_way_does_nothing(string shell)
    {
        var script = Probe.Script;
        foreach (var length in new[] { script.Length / 3, script.Length / 2, script.IndexOf("ferry_probe </dev/null", StringComparison.Ordinal) })
        {
            var device = Device(shell);
            Run.Process(device.Shell[0], device.Shell[1..], environment: [new("HOME", home.Path)], input: Encoding.UTF8.GetBytes(script[..length])).Output.Trim()
                .ShouldBeOneOf("", "==ferry-probe==");
        }

        Directory.EnumerateFileSystemEntries(home.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("noexec", "mount -t tmpfs -o noexec none \"$HOME\"", "noexec")]
    [InlineData("read-only", "mount -t tmpfs -o ro none \"$HOME\"", "create")]
    [InlineData("full", "mount -t tmpfs -o size=4m none \"$HOME\"; dd if=/dev/zero of=\"$HOME/big\" bs=4k count=2000 2>/dev/null; true", "write")]
    [InlineData("nearly full", "mount -t tmpfs -o size=1m none \"$HOME\"", "space")]
    [InlineData("somebody else's", "mkdir -p \"$HOME/.cache/ferry\" && chown 12345 \"$HOME/.cache/ferry\"", "owner")]
    public void A_folder_that_is_of_no_use_is_refused_with_its_reason(string name, string mounts, string reason)
    {
        Assert.SkipWhen(reason == "owner" && Environment.UserName != "root", "only root can give a folder away");
        foreach (var shell in new[] { "dash", "bash" })
        {
            var profile = (Device(shell) with { Mounts = mounts }).Probe();
            profile.RefusedFolders.ShouldHaveSingleItem(name).Reason.ShouldBe(reason, $"{name}, {shell}");
            profile.Folder!.Path.ShouldBe($"/var/tmp/ferry-{profile.User.Id}");
            Directory.Exists(profile.Folder.Path).ShouldBeFalse("it was only tried");
            RefusalReasons.Describe(reason).ShouldContain(" ");
        }
    }

    [Fact]
    public void A_link_in_the_place_of_the_folder_is_refused()
    {
        Directory.CreateDirectory(home[".cache"]);
        Directory.CreateDirectory(home["elsewhere"]);
        File.CreateSymbolicLink(home[".cache/ferry"], home["elsewhere"]);
        Device("dash").Probe().RefusedFolders.ShouldHaveSingleItem().Reason.ShouldBe("link");
    }

    [Theory]
    [InlineData("no such folder", "missing")]
    [InlineData("a b", "name")]
    [InlineData("$(id)", "name")]
    [InlineData("sp;ce", "name")]
    public void A_home_with_an_odd_name_is_refused(string name, string reason)
    {
        if (reason == "name")
        {
            Directory.CreateDirectory(home[name]);
        }

        foreach (var shell in new[] { "dash", "bash" })
        {
            (Device(shell) with { Home = home[name] }).Probe().RefusedFolders.ShouldHaveSingleItem().Reason.ShouldBe(reason);
        }
    }

    [Fact]
    public void Without_a_home_another_folder_is_found()
    {
        var profile = (Device("dash") with { Home = null }).Probe();
        profile.Folder.ShouldNotBeNull();
        profile.User.Home.ShouldBeNull();
    }

    [Fact]
    public void It_takes_well_below_a_second()
    {
        var device = Device("dash");
        var clock = Stopwatch.StartNew();
        device.Output(Probe.Script);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2), "0.1 s on an idle PC");
    }

    [Fact]
    public void A_device_that_is_none_is_an_error_that_says_what_came()
    {
        var error = Should.Throw<FerryException>(() => Probe.Run(_ => new MemoryStream("This account is currently not available.\n"u8.ToArray()), "pi4"));
        error.Message.ShouldBe("device 'pi4' did not say what it is");
        error.Cause.ShouldBe("the device's answer holds no report");
        error.Exit.ShouldBe(ExitCode.DeviceUnreachable);
        Should.Throw<FerryException>(() => Probe.Run(_ => new EndlessStream(), "pi4")).Cause.ShouldBe("it sent more than 16 MB");
    }

    [Fact]
    public void A_device_without_a_folder_is_an_error_with_every_reason()
    {
        var profile = new DeviceProfile { RefusedFolders = [new() { Path = "/tmp/ferry-0", Reason = "noexec" }, new() { Path = "/x", Reason = "link" }] };
        var error = Should.Throw<FerryException>(() => StoreFolderCheck.Require(profile, "box"));
        error.Cause.ShouldBe("/tmp/ferry-0: what is written there cannot be run (mounted noexec); /x: it is a symbolic link");
    }

    private LocalDevice Device(string shell)
    {
        string[] words = shell.Split(' ');
        if (words[0] == "busybox")
        {
            Assert.SkipWhen(LocalDevice.Busybox.Length == 0, "no busybox");
            words[0] = LocalDevice.Busybox;
        }
        else
        {
            Assert.SkipWhen(Ferry.Processes.Tool.Find(words[0]) is null, "no " + words[0]);
        }

        return new LocalDevice(words) { Home = home.Path };
    }
}
