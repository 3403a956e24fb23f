namespace Ferry.Devices.Tests;

public class TargetChoiceTests
{
    [Theory]
    [InlineData("pi4-arm64", "aarch64-unknown-linux-gnu", "64-bit userland (arm64, glibc 2.36), Cortex-A72")]
    [InlineData("pi3-armhf-under-64-bit-kernel", "armv7-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.36) under a 64-bit kernel, Cortex-A53 (ARMv8)")]
    [InlineData("pi-zero-raspbian", "arm-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.36), ARM1176JZF-S (ARMv6)")]
    [InlineData("board-pi4", "aarch64-unknown-linux-gnu", "64-bit userland (arm64, glibc 2.36), Cortex-A72")]
    [InlineData("board-pi3-32", "armv7-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.36) under a 64-bit kernel, Cortex-A53 (ARMv8)")]
    [InlineData("board-router", "armv7-unknown-linux-musleabihf", "32-bit userland (armhf, unknown C library), Cortex-A7 (ARMv7); linked statically, since there is no loader for shared programs")]
    [InlineData("router-static", "armv7-unknown-linux-musleabihf", "32-bit userland (armhf, unknown C library), Cortex-A9 (ARMv7); linked statically, since there is no loader for shared programs")]
    [InlineData("board-zero", "arm-unknown-linux-musleabihf", "32-bit userland (armel, glibc 2.36), ARM1176JZF-S (ARMv6); linked statically, since it has a floating-point unit (VFPv2) and its own libraries are soft-float ones (armel)")]
    [InlineData("board-pi2", "armv7-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.36), Cortex-A7 (ARMv7)")]
    [InlineData("pi5-16k-pages", "aarch64-unknown-linux-gnu", "64-bit userland (arm64, glibc 2.36), Cortex-A76")]
    [InlineData("rock-pi-4-big-little", "aarch64-unknown-linux-gnu", "64-bit userland (arm64, glibc 2.36), Cortex-A53 and Cortex-A72")]
    [InlineData("beaglebone-black-debian-13", "armv7-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.41), Cortex-A8 (ARMv7)")]
    [InlineData("zynq-7020-petalinux", "armv7-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.34), Cortex-A9 (ARMv7)")]
    [InlineData("netgear-r7000-uclibc", "armv7-unknown-linux-musleabi", "32-bit userland (arm, uClibc 0.9.32.1), Cortex-A9 (ARMv7); linked statically, since its C library is uClibc 0.9.32.1; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    [InlineData("sheevaplug-armel", "armv5te-unknown-linux-gnueabi", "32-bit userland (armel, glibc 2.36), Feroceon 88FR131 (ARMv5); soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    [InlineData("visionfive2-riscv64", "riscv64gc-unknown-linux-gnu", "64-bit userland (riscv, glibc 2.38), sifive,u74-mc")]
    [InlineData("atom-i386", "i686-unknown-linux-gnu", "32-bit userland (x86, glibc 2.36), Intel(R) Atom(TM) CPU N270   @ 1.60GHz")]
    public void A_recorded_device_gets_its_target_and_the_reason(string name, string triple, string reason)
    {
        var choice = TargetChoice.For(Cases.Profile(name));
        choice.Triple.ShouldBe(triple);
        choice.Reason.ShouldBe(reason);
        choice.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("aarch64", 64, "/lib/ld-linux-aarch64.so.1", "2.36", "aarch64", "aarch64-unknown-linux-gnu")]
    [InlineData("aarch64", 64, "/lib/ld-linux-aarch64.so.1", "2.12", "aarch64", "aarch64-unknown-linux-musl")]
    [InlineData("aarch64", 64, "/lib/ld-musl-aarch64.so.1", "1.2.3", "aarch64", "aarch64-unknown-linux-musl")]
    [InlineData("aarch64", 64, null, null, "aarch64", "aarch64-unknown-linux-musl")]
    [InlineData("x86-64", 64, "/lib64/ld-linux-x86-64.so.2", "2.39", "x86_64", "x86_64-unknown-linux-gnu")]
    [InlineData("x86-64", 64, "/lib/ld-musl-x86_64.so.1", "1.2.5", "x86_64", "x86_64-unknown-linux-musl")]
    [InlineData("arm", 32, "/lib/ld-linux-armhf.so.3", "2.36", "armv7l", "armv7-unknown-linux-gnueabihf")]
    [InlineData("arm", 32, "/lib/ld-linux-armhf.so.3", "2.36", "aarch64", "armv7-unknown-linux-gnueabihf")]
    [InlineData("arm", 32, "/lib/ld-linux-armhf.so.3", "2.36", "armv6l", "arm-unknown-linux-gnueabihf")]
    [InlineData("arm", 32, "/lib/ld-linux-armhf.so.3", "2.36", null, "arm-unknown-linux-gnueabihf")]
    [InlineData("arm", 32, "/lib/ld-linux.so.3", "2.36", "armv7l", "armv7-unknown-linux-musleabihf")]
    [InlineData("arm", 32, "/lib/ld-uClibc.so.0", null, "armv7l", "armv7-unknown-linux-musleabihf")]
    [InlineData("arm", 32, "/lib/ld-musl-armhf.so.1", "1.2.3", "armv6l", "arm-unknown-linux-musleabihf")]
    [InlineData("mips", 32, "/lib/ld.so.1", null, "mips", null)]
    [InlineData("powerpc", 32, "/lib/ld.so.1", null, "ppc", null)]
    [InlineData("riscv", 64, "/lib/ld-linux-riscv64-lp64d.so.1", "2.36", "riscv64", "riscv64gc-unknown-linux-gnu")]
    [InlineData("riscv", 64, "/lib/ld-musl-riscv64.so.1", "1.2.4", "riscv64", "riscv64gc-unknown-linux-musl")]
    [InlineData("riscv", 32, null, null, "riscv32", null)]
    [InlineData("x86", 32, "/lib/ld-linux.so.2", "2.36", "i686", "i686-unknown-linux-gnu")]
    [InlineData("x86", 32, "/lib/ld-musl-i386.so.1", "1.2.4", "i686", "i686-unknown-linux-musl")]
    [InlineData("x86-64", 32, null, null, "x86_64", null)]
    [InlineData(null, null, null, null, "armv7l", null)]
    public void Userland_and_C_library_decide(string? machine, int? bits, string? loader, string? version, string? kernel, string? triple)
    {
        var choice = TargetChoice.For(new DeviceProfile
        {
            Kernel = new() { Machine = kernel },
            Userland = new() { Machine = machine, Bits = bits, BigEndian = false, Source = "/bin/sh" },
            LibraryFolders = [new() { Path = "/lib", RealPath = "/lib", Names = ["libc.so.6", "libgcc_s.so.1"] }],
            Cpu = new() { Features = kernel == "armv7l" ? ["vfp", "vfpv3"] : [] },
            Libc = new()
            {
                Interpreter = loader, Loaders = loader is null ? [] : [loader], Version = version,
                Kind = loader is null ? null : loader.Contains("musl") ? LibcKind.Musl : loader.Contains("uClibc") ? LibcKind.Uclibc : LibcKind.Glibc,
            },
        });
        choice.Triple.ShouldBe(triple);
        (choice.Error is null).ShouldBe(triple is not null);
        choice.Reason.ShouldNotEndWith(".");
        if (triple is not null)
        {
            Targets.Find(triple).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("libc.so.6")]
    [InlineData("libgcc_s.so.1")]
    public void Without_a_library_that_std_needs_programs_are_static(string name)
    {
        var pi = Cases.Profile("pi4-arm64");
        var choice = TargetChoice.For(pi with { LibraryFolders = [.. pi.LibraryFolders.Select(folder => folder with { Names = [.. folder.Names.Where(one => one != name)] })] });
        choice.Triple.ShouldBe("aarch64-unknown-linux-musl");
        choice.Reason.ShouldBe($"64-bit userland (arm64, glibc 2.36), Cortex-A72; linked statically, since {name} was not found there");
    }

    private const ulong NoFloatUnit = 0x97;
    private const ulong Vfpv2 = 0xd7;
    private const ulong Vfpv3D16 = 0x60d7;

    /// <summary>Processors of armel systems: a Kirkwood NAS (ARM926), an ARM1136 without VFP, a Pi Zero, a router's Cortex-A9 without VFP, a Tegra.</summary>
    [Theory]
    [InlineData("v5l", NoFloatUnit, true, "armv5te-unknown-linux-gnueabi", "; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    [InlineData("v5l", Vfpv2, true, "armv5te-unknown-linux-gnueabi", "; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: VFPv2)")]
    [InlineData("v6l", NoFloatUnit, true, "arm-unknown-linux-gnueabi", "; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    [InlineData("v7l", NoFloatUnit, true, "armv7-unknown-linux-gnueabi", "; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    [InlineData("v6l", Vfpv2, true, "arm-unknown-linux-musleabihf", "; linked statically, since it has a floating-point unit (VFPv2) and its own libraries are soft-float ones (armel)")]
    [InlineData("v7l", Vfpv2, true, "arm-unknown-linux-musleabihf", "; linked statically, since it has a floating-point unit (VFPv2) and its own libraries are soft-float ones (armel)")]
    [InlineData("v7l", Vfpv3D16, true, "armv7-unknown-linux-musleabihf", "; linked statically, since it has a floating-point unit (VFPv3) and its own libraries are soft-float ones (armel)")]
    [InlineData("v5l", NoFloatUnit, false, "armv5te-unknown-linux-musleabi", "; linked statically, since there is no loader for shared programs; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    [InlineData("v6l", NoFloatUnit, false, "arm-unknown-linux-musleabi", "; linked statically, since there is no loader for shared programs; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    [InlineData("v7l", NoFloatUnit, false, "armv7-unknown-linux-musleabi", "; linked statically, since there is no loader for shared programs; soft float, since hard float needs ARMv6 and VFPv2 (floating-point unit: none)")]
    public void An_armel_device_gets_what_its_processor_runs(string platform, ulong hwcap, bool hasLibraries, string triple, string reason)
    {
        var zero = Cases.Profile("board-zero");
        var choice = TargetChoice.For(zero with
        {
            Aux = zero.Aux with { Platform = platform, Hwcap = hwcap },
            Libc = hasLibraries ? zero.Libc : new LibcFacts(),
        });
        choice.Triple.ShouldBe(triple);
        choice.Reason.ShouldEndWith(reason);
    }

    [Fact]
    public void Soft_float_is_what_runs_where_a_device_does_not_tell_of_a_floating_point_unit()
    {
        var zero = Cases.Profile("board-zero");
        var choice = TargetChoice.For(zero with { Aux = new(), Cpu = new(), Kernel = zero.Kernel with { Machine = null } });
        choice.Triple.ShouldBe("armv5te-unknown-linux-gnueabi");
        choice.Reason.ShouldEndWith("(floating-point unit: not known)");
    }

    [Theory]
    [InlineData("openwrt-archer-c7-mips", "no-std", "Rust has no ready-made standard library for mips-unknown-linux-musl")]
    [InlineData("geode-i386", "old-processor", "ferry has no Rust target for this processor")]
    public void A_recorded_device_without_a_target_says_what_stands_in_the_way(string name, string id, string message)
    {
        var choice = TargetChoice.For(Cases.Profile(name));
        choice.Triple.ShouldBeNull();
        choice.Error!.Id.ShouldBe(id);
        choice.Error.Message.ShouldBe(message);
        choice.Error.Cause.ShouldNotBeNullOrEmpty();
        choice.Error.Help.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Little_endian_MIPS_is_another_target_than_big_endian()
    {
        var router = Cases.Profile("openwrt-archer-c7-mips");
        TargetChoice.For(router with { Userland = router.Userland with { BigEndian = false } }).Error!.Message.ShouldBe("Rust has no ready-made standard library for mipsel-unknown-linux-musl");
    }

    [Fact]
    public void What_is_taken_only_on_request_is_chosen_for_no_device()
    {
        Cases.Names.Select(name => TargetChoice.For(Cases.Profile(name)).Triple).ShouldNotContain(triple => triple != null && Targets.Find(triple)!.OnRequest);
        Targets.All.Where(target => target.OnRequest).Select(target => target.Triple).ShouldBe(["thumbv7neon-unknown-linux-gnueabihf", "thumbv7neon-unknown-linux-musleabihf"]);
    }

    [Fact]
    public void A_processor_that_no_target_runs_on_is_an_error_that_names_it()
    {
        var zero = Cases.Profile("board-zero");
        var old = TargetChoice.For(zero with { Aux = zero.Aux with { Platform = "v4l", Hwcap = 0x17 } });
        old.Triple.ShouldBeNull();
        old.Error!.Id.ShouldBe("old-processor");
        old.Error.Cause.ShouldBe("its architecture is ARMv4, its floating-point unit is none");
    }

    [Fact]
    public void An_ARMv7_without_VFPv3_gets_the_target_of_ARMv6()
    {
        var pi = Cases.Profile("pi-zero-raspbian");
        TargetChoice.For(pi with { Aux = pi.Aux with { Platform = "v7l" } }).Triple.ShouldBe("arm-unknown-linux-gnueabihf");
    }

    [Fact]
    public void A_big_endian_userland_is_an_error_that_says_so()
    {
        var pi = Cases.Profile("pi-zero-raspbian");
        var error = TargetChoice.For(pi with { Userland = pi.Userland with { BigEndian = true } }).Error!;
        error.Message.ShouldBe("ferry has no Rust target for 32-bit big-endian arm programs");
        error.Cause.ShouldBe("/bin/sh on the device is such a program");
    }
}
