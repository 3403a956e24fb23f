using System.Text;
using System.Text.Json;

namespace Ferry.Devices.Tests;

public class ProbeReportTests
{
    [Theory, MemberData(nameof(Cases.Names), MemberType = typeof(Cases))]
    public void A_recorded_report_gives_the_profile_beside_it(string name)
    {
        var profile = Cases.Profile(name);
        var record = new DeviceRecord { Name = "it", Address = "pi@it", Profile = profile, Target = TargetChoice.For(profile), ProbedAt = DateTimeOffset.UnixEpoch };
        var expected = Path.Combine(Cases.Folder, name + ".expected.json");
        if (Environment.GetEnvironmentVariable("FERRY_UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllBytes(expected, record.ToJson());
        }

        Encoding.UTF8.GetString(record.ToJson()).ShouldBe(File.ReadAllText(expected));
        DeviceRecord.FromJson(record.ToJson()).ToJson().ShouldBe(record.ToJson());
    }

    [Fact]
    public void What_a_login_shell_prints_before_and_behind_does_not_matter()
    {
        byte[] noisy = [.. "Welcome!\nuname=Linux 1 mips\n==ferry-probe==x\n"u8, 0xff, 0x1b, .. Cases.Read("pi4-arm64"), .. "bye\nuname=no\n"u8];
        Same(ProbeReport.Parse(noisy), Cases.Profile("pi4-arm64"));
    }

    [Fact]
    public void Line_ends_of_a_terminal_are_understood()
    {
        var text = Encoding.UTF8.GetString(Cases.Read("pi4-arm64")).Replace("\n", "\r\n");
        Same(ProbeReport.Parse(Encoding.UTF8.GetBytes(text)), Cases.Profile("pi4-arm64"));
    }

    [Fact]
    public void A_report_that_was_cut_short_anywhere_is_refused()
    {
        var whole = Cases.Read("pi-zero-raspbian").AsSpan().TrimEnd((byte)'\n').ToArray();
        for (var length = 0; length < whole.Length; length += length < 200 ? 1 : 97)
        {
            var error = Should.Throw<ProbeReportException>(() => ProbeReport.Parse(whole.AsSpan(0, length)), $"at {length}");
            error.Message.ShouldBeOneOf("the device's answer holds no report", error.Message.StartsWith("the device's report was cut short after ") ? error.Message : "");
        }
    }

    [Fact]
    public void A_damaged_report_ends_in_a_clean_profile_or_in_its_own_exception()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var bytes = Cases.Read("pi3-armhf-under-64-bit-kernel");
            for (var flips = random.Next(1, 40); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                var profile = ProbeReport.Parse(bytes);
                TargetChoice.For(profile);
                JsonSerializer.Serialize(profile, DeviceJson.Default.DeviceProfile);
                profile.RuntimeLibraries.ShouldAllBe(file => DevicePath.IsPlain(file.Path) && DevicePath.IsPlain(file.RealPath), $"seed {seed}");
                Texts(profile).ShouldAllBe(text => !text.Any(char.IsControl), $"seed {seed}");
            }
            catch (ProbeReportException)
            {
                // Its own word for a report that is not whole.
            }
        }
    }

    [Fact]
    public void Control_characters_and_invalid_letters_of_a_device_reach_nobody()
    {
        byte[] report = [.. "==ferry-probe==\nprobe=1\nmodel=\u001b[2Jevil\u0007\u202e\u009b31m\0"u8, 0xc3, 0x28, .. "\nuser.name=\u001b]0;x\n==ferry-probe-end==\n"u8];
        var profile = ProbeReport.Parse(report);
        profile.Model.ShouldBe("[2Jevil   31m \ufffd(");
        profile.User.Name.ShouldBe("]0;x");
    }

    [Theory]
    [InlineData("store=/tmp/x;reboot")]
    [InlineData("store=relative")]
    [InlineData("store=/tmp/../etc")]
    [InlineData("store=/tmp/a b")]
    [InlineData("store=/tmp/$(x)")]
    [InlineData("file=/lib/../../etc/passwd")]
    [InlineData("folder=/lib/../.. /x\nfolder=/lib relative\nfolder=/lib")]
    [InlineData("ls=\nsha256=x\ncksum=1 2 3 4 5 6\nreal=x")]
    [InlineData("meminfo=MemTotal: 99999999999999999999 kB\nuser.id=-1\nclock=zz")]
    [InlineData("elf=/bin/sh 7f454c4\nauxv=zz")]
    public void An_odd_value_is_as_good_as_none(string line)
    {
        var profile = ProbeReport.Parse(Encoding.UTF8.GetBytes($"==ferry-probe==\nprobe=1\n{line}\n==ferry-probe-end==\n"));
        Same(profile, ProbeReport.Parse("==ferry-probe==\nprobe=1\n==ferry-probe-end==\n"u8));
        Same(profile, new DeviceProfile());
    }

    [Theory]
    [InlineData("/lib/ld-musl-armhf.so.1", "musl libc (armhf) / Version 1.2.3", LibcKind.Musl, "1.2.3")]
    [InlineData("/lib/ld-linux-armhf.so.3", "ld.so (Debian GLIBC 2.36-9+rpt2+deb12u4) stable release version 2.36. / Copyright", LibcKind.Glibc, "2.36")]
    [InlineData("/lib/ld-linux.so.3", "--version: error while loading shared libraries: --version: cannot open shared object file / x", LibcKind.Glibc, "2.19")]
    [InlineData("/lib/ld-uClibc.so.0", "x / y", LibcKind.Uclibc, null)]
    [InlineData("/lib/ld.so.1", "GNU C Library stable release version 2.36 / y", null, null)]
    public void The_C_library_is_what_its_loader_says(string loader, string text, LibcKind? kind, string? version)
    {
        var libc = ProbeReport.Parse(Encoding.UTF8.GetBytes($"==ferry-probe==\nprobe=1\nloader={loader}\nlibc.text={loader} {text}\nfile=/lib/libc-2.19.so\n==ferry-probe-end==\n")).Libc;
        libc.Kind.ShouldBe(kind);
        libc.Version.ShouldBe(version);
        libc.Interpreter.ShouldBeNull();
        libc.FindLoader().ShouldBe(loader);
    }

    [Fact]
    public void Libraries_of_other_architectures_are_not_the_device_s_own()
    {
        var both = Encoding.UTF8.GetString(Cases.Read("pi4-arm64")).Replace("folder=/lib /usr/lib", "folder=/lib/arm-linux-gnueabihf /usr/lib/arm-linux-gnueabihf\nfile=/usr/lib/arm-linux-gnueabihf/libc.so.6\nfolder=/lib /usr/lib");
        var profile = ProbeReport.Parse(Encoding.UTF8.GetBytes(both));
        profile.LibraryFolders.Select(folder => folder.Path).ShouldNotContain("/lib/arm-linux-gnueabihf");
        profile.RuntimeLibraries.ShouldAllBe(file => !file.Path.Contains("arm-linux"));
    }

    [Fact]
    public void Another_version_of_the_report_is_refused()
    {
        Should.Throw<ProbeReportException>(() => ProbeReport.Parse("==ferry-probe==\nprobe=2\n==ferry-probe-end==\n"u8)).Message.ShouldContain("unknown shape");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"schema\":1,\"name\":null}")]
    [InlineData("[1")]
    public void A_kept_device_that_cannot_be_read_is_its_own_error(string json)
    {
        Should.Throw<DeviceRecordException>(() => DeviceRecord.FromJson(Encoding.UTF8.GetBytes(json)));
    }

    private static void Same(DeviceProfile profile, DeviceProfile expected) =>
        JsonSerializer.Serialize(profile, DeviceJson.Default.DeviceProfile).ShouldBe(JsonSerializer.Serialize(expected, DeviceJson.Default.DeviceProfile));

    private static IEnumerable<string> Texts(DeviceProfile profile) =>
        new[] { profile.Model, profile.User.Name, profile.User.Home, profile.Kernel.Release, profile.Os.Pretty, profile.Cpu.ModelText, profile.Init }
            .OfType<string>().Concat(profile.Tools).Concat(profile.LibraryFolders.SelectMany(folder => folder.Names));
}
