using System.Text;

namespace Ferry.Devices.Tests;

/// <summary>The facts beyond what a target is chosen by, from reports of devices.</summary>
public class WholeProfileTests
{
    [Theory]
    [InlineData("rock-pi-4-big-little", "4 x Cortex-A53, 2 x Cortex-A72")]
    [InlineData("pi5-16k-pages", "4 x Cortex-A76")]
    [InlineData("netgear-r7000-uclibc", "2 x Cortex-A9")]
    [InlineData("sheevaplug-armel", "1 x Feroceon 88FR131")]
    [InlineData("pi3-armhf-under-64-bit-kernel", "4 x Cortex-A53")]
    [InlineData("visionfive2-riscv64", "")]
    public void Cores_are_told_by_their_numbers_each_kind_with_its_count(string name, string cores) =>
        string.Join(", ", Cases.Profile(name).Cpu.Cores.Select(core => $"{core.Count} x {core.Name}")).ShouldBe(cores);

    [Theory]
    [InlineData("board-pi2", "half thumb fastmult vfp edsp thumbee neon vfpv3 tls vfpv4 idiva idivt vfpd32 lpae evtstrm")]
    [InlineData("zynq-7020-petalinux", "half thumb fastmult vfp edsp neon vfpv3 tls vfpd32")]
    [InlineData("netgear-r7000-uclibc", "swp half thumb fastmult edsp")]
    [InlineData("pi5-16k-pages", "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp")]
    [InlineData("visionfive2-riscv64", "a c d f i m")]
    [InlineData("openwrt-archer-c7-mips", "mips16 dsp dsp2")]
    [InlineData("atom-i386", "")]
    public void Capabilities_have_the_names_of_the_kernel_s_headers(string name, string names) =>
        string.Join(' ', Cases.Profile(name).Aux.Names).ShouldBe(names);

    [Fact]
    public void What_cpuinfo_names_the_bits_name_as_well()
    {
        foreach (var name in (string[])["board-pi2", "board-pi4", "pi5-16k-pages", "rock-pi-4-big-little", "zynq-7020-petalinux", "beaglebone-black-debian-13"])
        {
            var profile = Cases.Profile(name);
            profile.Aux.Names.ShouldBe(profile.Cpu.Features, ignoreOrder: true, customMessage: name);
        }
    }

    [Theory]
    [InlineData("board-pi4", "CXXABI 1.3.13, GCC 11.0, GLIBC 2.36, GLIBCXX 3.4.30")]
    [InlineData("beaglebone-black-debian-13", "CXXABI 1.3.15, GCC 14.0.0, GLIBC 2.41, GLIBCXX 3.4.33")]
    [InlineData("netgear-r7000-uclibc", "")]
    public void The_newest_version_of_each_family_is_what_the_library_itself_defines(string name, string versions) =>
        string.Join(", ", Cases.Profile(name).Libc.NewestVersions.Select(newest => $"{newest.Key} {newest.Value}")).ShouldBe(versions);

    [Theory]
    [InlineData("beaglebone-black-debian-13", true, "/usr/lib/arm-linux-gnueabihf/libstdc++.so.6 calls __clock_gettime64")]
    [InlineData("board-pi2", false, "/usr/lib/arm-linux-gnueabihf/libstdc++.so.6 calls clock_gettime")]
    [InlineData("board-pi3-32", false, "/usr/lib/arm-linux-gnueabihf/libstdc++.so.6 calls clock_gettime")]
    [InlineData("openwrt-archer-c7-mips", true, "musl's version: from 1.2 on")]
    [InlineData("board-pi4", null, null)]
    [InlineData("zynq-7020-petalinux", null, null)]
    public void The_width_of_times_is_told_by_what_libraries_call_and_never_by_a_release_s_name(string name, bool? wide, string? source)
    {
        var profile = Cases.Profile(name);
        profile.Libc.Time64.ShouldBe(wide);
        profile.Learnt.GetValueOrDefault("libc.time64").ShouldBe(source);
    }

    [Theory]
    [InlineData("times.package=Package: libssl3t64", true)]
    [InlineData("times.package=", null)]
    [InlineData("texts=/lib/libcrypto.so.3|time|gettimeofday", false)]
    [InlineData("texts=/lib/libpam.so.0|__time64|time", true)]
    [InlineData("texts=/lib/libc.so.6|__time64|GLIBC_2.36", null)]
    public void Where_libstdcxx_is_not_there_another_library_or_a_package_s_name_tells(string line, bool? wide) =>
        Cases.Edited("board-pi2", lines => [.. lines.Where(one => !one.StartsWith("texts=", StringComparison.Ordinal)), line]).Libc.Time64.ShouldBe(wide);

    [Theory]
    [InlineData("kernel.config=/proc/config.gz CONFIG_64BIT=y CONFIG_COMPAT=y", true, "/proc/config.gz")]
    [InlineData("kernel.config=/boot/config-6.6 CONFIG_64BIT=y", false, "/boot/config-6.6")]
    [InlineData("kernel.config=", null, null)]
    public void Whether_a_64_bit_kernel_runs_32_bit_programs_is_what_it_was_configured_for(string line, bool? compat, string? source)
    {
        var profile = Cases.Edited("pi4-arm64", lines => [.. lines, line]);
        profile.Kernel.Compat32.ShouldBe(compat);
        profile.Learnt.GetValueOrDefault("kernel.compat32").ShouldBe(source);
        Cases.Edited("board-pi2", lines => [.. lines, line]).Kernel.Compat32.ShouldBeNull("a 32-bit kernel has no other kind");
    }

    [Fact]
    public void The_places_for_programs_are_told_with_their_mounts()
    {
        var folders = Cases.Profile("rock-pi-4-big-little").Folders;
        folders.Select(folder => folder.Path).ShouldBe(["/home/pi/.cache/ferry", "/var/tmp/ferry-1000", "/tmp/ferry-1000"]);
        folders[0].FileSystem.ShouldBe("ext4");
        folders[0].FreeBytes.ShouldBe(23539256L * 1024);
        folders[2].MountOptions.ShouldBe(["rw", "nosuid", "nodev", "noexec"]);
        folders[2].FreeBytes.ShouldBe(513712L * 1024);
    }

    [Fact]
    public void A_read_only_system_says_so()
    {
        var folders = Cases.Profile("board-router").Folders;
        folders.Single(folder => folder.Path == "/root/.cache/ferry").MountOptions.ShouldContain("ro");
        folders.Single(folder => folder.Path == "/tmp/ferry-0").FreeBytes.ShouldNotBeNull();
    }

    [Fact]
    public void Rights_engines_and_what_started_the_system_are_told()
    {
        var rock = Cases.Profile("rock-pi-4-big-little");
        (rock.HasSudo, rock.InitSystem).ShouldBe((false, "systemd"));
        rock.Containers.ShouldBe(["docker", "containerd"]);
        Cases.Profile("pi5-16k-pages").HasSudo.ShouldBe(true);
        Cases.Profile("netgear-r7000-uclibc").HasSudo.ShouldBeNull("root was not asked");
        Cases.Profile("openwrt-archer-c7-mips").InitSystem.ShouldBe("procd");
    }

    [Fact]
    public void Pages_of_16_KiB_and_a_revision_code_are_told()
    {
        var pi5 = Cases.Profile("pi5-16k-pages");
        pi5.Aux.PageSize.ShouldBe(16384);
        pi5.Cpu.Revision.ShouldBe("d04170");
        KnownBoards.OfRevision(pi5.Cpu.Revision)!.Name.ShouldBe("Raspberry Pi 5");
        Cases.Edited("board-pi4", lines => [.. lines, "revision=00c03114"]).Cpu.Revision.ShouldBe("c03114", "the device tree tells it where cpuinfo does not");
        Cases.Edited("board-pi4", lines => [.. lines.Where(line => !line.StartsWith("auxv=", StringComparison.Ordinal) && !line.StartsWith("pagesize=", StringComparison.Ordinal)), "pagesize=16 kB"]).Aux.PageSize.ShouldBe(16384, "so does the shell's own map");
    }

    [Theory, MemberData(nameof(Cases.Names), MemberType = typeof(Cases))]
    public void Of_every_fact_that_is_known_it_is_told_how_it_was_learnt(string name)
    {
        var profile = Cases.Profile(name);
        using var json = System.Text.Json.JsonDocument.Parse(System.Text.Json.JsonSerializer.Serialize(profile, DeviceJson.Default.DeviceProfile));
        foreach (var fact in json.RootElement.EnumerateObject().Where(fact => fact.Name is not ("schema" or "learnt")))
        {
            foreach (var path in Paths(fact.Name, fact.Value))
            {
                profile.Learnt.Keys.ShouldContain(source => path == source || path.StartsWith(source + '.', StringComparison.Ordinal), $"{path} of {name}");
            }
        }
    }

    [Fact]
    public void A_record_of_an_older_Ferry_is_read_and_what_it_lacks_is_unknown()
    {
        var old = DeviceRecord.FromJson(Encoding.UTF8.GetBytes("""
            {"schema":1,"name":"pi","address":"pi@pi","profile":{"schema":1,"kernel":{"machine":"aarch64"},"userland":{"bits":64,"machine":"aarch64"},"cpu":{"count":4},"aux":{"hwcap":255},
            "libc":{"kind":"glibc","loaders":[]},"os":{},"refusedFolders":[],"user":{},"tools":[],"libraryFolders":[],"runtimeLibraries":[]},"target":{"triple":"aarch64-unknown-linux-gnu","reason":"x"},"probedAt":"2026-01-01T00:00:00+00:00"}
            """)).Profile;
        (old.Cpu.Cores.Count, old.Aux.Names.Count, old.Libc.NewestVersions.Count, old.Folders.Count, old.Containers.Count, old.Learnt.Count).ShouldBe((0, 0, 0, 0, 0, 0));
        (old.Libc.Time64, old.Kernel.Compat32, old.HasSudo).ShouldBe((null, null, null));
    }

    private static IEnumerable<string> Paths(string path, System.Text.Json.JsonElement value) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Object when path is not "folder" => value.EnumerateObject().SelectMany(entry => Paths($"{path}.{entry.Name}", entry.Value)),
        System.Text.Json.JsonValueKind.Array when value.GetArrayLength() == 0 => [],
        _ => [path],
    };
}
