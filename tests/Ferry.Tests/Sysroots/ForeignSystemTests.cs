using Ferry.Devices;
using Ferry.Elf;
using Ferry.Lab;
using Ferry.Remote.Sysroots;
using Ferry.Tests.Probing;

namespace Ferry.Tests.Sysroots;

/// <summary>
/// Whole ARM systems as devices: every program in them runs, emulated, in a chroot. Only the kernel is this PC's. Needs a kernel on which
/// a user namespace can have emulators of its own (6.7), so that nothing changes outside of the test.
/// </summary>
public class ForeignSystemTests
{
    [Theory]
    [InlineData("armhf", "qemu-arm-static", @"\x28", @"\x01", "/lib/ld-linux-armhf.so.3", "gnueabihf")]
    [InlineData("arm64", "qemu-aarch64-static", @"\xb7", @"\x02", "/lib/ld-linux-aarch64.so.1", "aarch64-unknown-linux-gnu")]
    public void A_foreign_system_tells_what_it_is_and_gives_its_libraries(string system, string qemu, string machine, string width, string loader, string triple)
    {
        var root = Path.Combine(Repository.Cache, "systems", system);
        Assert.SkipUnless(Directory.Exists(root), $"no unpacked {system} system; ./test makes it");
        var emulator = Ferry.Processes.Tool.Find(qemu);
        Assert.SkipWhen(emulator is null, $"no {qemu}");
        var register = $"""
            mount -t binfmt_misc none /proc/sys/fs/binfmt_misc || exit 77
            printf '%s' ':ferry:M::\x7fELF{width}\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00{machine}\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:{emulator}:F' >/proc/sys/fs/binfmt_misc/register || exit 77
            """;
        Assert.SkipUnless(Run.Process("unshare", ["-Umr", "sh", "-c", register]).ExitCode == 0, "no user namespace with emulators of its own");
        var device = new LocalDevice("unshare", "-Umr", "sh", "-c", $"""
            {register}
            cd {root} && mount --rbind /proc proc && mount --rbind /dev dev && mount -t tmpfs none root && exec chroot . /bin/sh
            """) { Home = "/root" };

        var profile = device.Probe();
        profile.Libc.Interpreter.ShouldBe(loader);
        profile.Os.Id.ShouldBe("debian");
        profile.GdbServer.ShouldBe("/usr/bin/gdbserver");
        profile.Aux.EntryBits.ShouldBe(profile.Userland.Bits);
        TargetChoice.For(profile).Triple!.ShouldContain(triple);

        using var folder = new TemporaryFolder();
        var sysroot = SysrootFetch.Run(device.Run, profile, system, new SysrootStore(folder.Path))!;
        File.Exists(sysroot.PathOf(loader)).ShouldBeTrue();
        var facts = new DeviceFacts { Name = system, Profile = profile, Libraries = sysroot.Libraries };
        foreach (var program in new[] { "bash", "gdbserver", "find", "gzip" })
        {
            ProgramCheck.Of(ElfFile.Read(File.ReadAllBytes(Path.Combine(root, "usr/bin", program))), program, facts).ShouldBeEmpty(program);
        }
    }
}
