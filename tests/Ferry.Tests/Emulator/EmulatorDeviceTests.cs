using Ferry.Devices;
using Ferry.Lab;
using Ferry.Remote.Emulator;
using Ferry.Remote.Sysroots;

namespace Ferry.Tests.Emulator;

public sealed class EmulatorDeviceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private SysrootStore Store => new(folder["sysroots"]);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("emulator", "arm64", "aarch64-unknown-linux-gnu")]
    [InlineData("emulator:cortex-a72", "arm64", "aarch64-unknown-linux-gnu")]
    [InlineData("emulator:cortex-a7", "armhf", "armv7-unknown-linux-gnueabihf")]
    public void It_is_a_device_with_a_sysroot_and_runs_programs(string name, string system, string triple)
    {
        var device = Open(name);
        device.Record.Target.Triple.ShouldBe(triple);
        device.Record.Profile.Libc.Version.ShouldNotBeNull();
        device.Sysroot!.FindLibrary("libgcc_s.so.1").ShouldNotBeNull();
        DeviceRecord.FromJson(device.Record.ToJson()).SysrootId.ShouldBe(device.Sysroot.Id);

        var echo = Path.Combine(Repository.Cache, "systems", system, "bin", "echo");
        Assert.SkipUnless(File.Exists(echo), $"no unpacked {system} system; ./test makes it");
        var line = EmulatorCommand.For(device, echo, "echo", ["a b", "$(x)", "-v", "*"]);
        Run.Process(line[0], line.Skip(1)).ShouldExitWith(0).Output.ShouldBe("a b $(x) -v *\n");
    }

    [Fact]
    public void A_processor_too_old_for_the_distribution_s_libraries_gets_static_programs()
    {
        var device = Open("emulator:arm1176");
        device.Record.Target.Triple.ShouldBe("arm-unknown-linux-musleabihf");
        device.Sysroot.ShouldBeNull();
        EmulatorCommand.For(device, "/x/hello", "hello", []).ShouldBe([device.Qemu, "-cpu", "arm1176", "-0", "hello", "/x/hello"]);
    }

    [Fact]
    public void An_unknown_processor_is_an_error_with_the_list()
    {
        var error = Should.Throw<FerryException>(() => EmulatorDevice.Open("emulator:z80", Store, DateTimeOffset.UnixEpoch));
        error.Message.ShouldBe("the emulator knows no processor 'z80'");
        error.Cause!.ShouldContain("cortex-a53, ");
        error.Exit.ShouldBe(ExitCode.WrongUsage);
        EmulatorDevice.IsName("emulator:z80").ShouldBeTrue();
        EmulatorDevice.IsName("emulators").ShouldBeFalse();
    }

    [Theory]
    [InlineData("emulator", "libc6-arm64-cross libgcc-s1-arm64-cross")]
    [InlineData("emulator:cortex-a7", "libc6-armhf-cross libgcc-s1-armhf-cross")]
    public void What_is_not_installed_is_an_error_with_the_line_to_type(string name, string packages)
    {
        var cpu = name == "emulator" ? EmulatedCpus.All[0] : EmulatedCpus.Find("cortex-a7")!;
        var error = EmulatorDevice.Lacking(cpu, qemu: null, "/usr/x/lib/libc.so.6");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems cannot install it");
        error.Cause.ShouldBe($"no {cpu.Qemu} on the PATH; no /usr/x/lib/libc.so.6");
        error.Help.ShouldBe("sudo apt install qemu-user " + packages);
        error.Exit.ShouldBe(ExitCode.ToolMissing);
        EmulatorDevice.Lacking(cpu, "/usr/bin/qemu", "/x").Help.ShouldBe("sudo apt install " + packages);
    }

    private EmulatorDevice Open(string name)
    {
        try
        {
            return EmulatorDevice.Open(name, Store, DateTimeOffset.UnixEpoch);
        }
        catch (FerryException e) when (e.Exit == ExitCode.ToolMissing)
        {
            Assert.Skip($"{e.Message}: {e.Cause}; {e.Help}");
            throw;
        }
    }
}
