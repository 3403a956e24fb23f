using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Housekeeping;

/// <summary>Many Ferrys at once, as test runners start them: through a master that takes ten sessions, eight of which Ferry uses.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ManyAtOnceTests(LoopbackDevice lab) : IClassFixture<LoopbackDevice>
{
    private FerryTool Ferry => lab.Ferry;

    [Fact]
    public void Forty_runner_calls_at_once_queue_for_the_channels_and_all_succeed()
    {
        var device = new HomeDevice(lab, "forty");
        var program = Built(device);

        RunnerCalls.ShouldAllEndAsTheirPrograms(Ferry, program, [.. Enumerable.Repeat(device.Name, 40)]);

        lab.Sshd.Handshakes(device.Name).ShouldBe(1, lab.Sshd.Log);
        lab.Sshd.Log.ShouldNotContain("no more sessions");
    }

    [Fact]
    public void Forty_at_once_for_whom_nothing_is_there_yet_bring_it_once_each_can_use_it()
    {
        var device = new HomeDevice(lab, "first");
        var program = Built(device);
        Directory.Delete(device.Folder, recursive: true);
        Ferry.Run("connections", "close", device.Name).ShouldExitWith(0);

        RunnerCalls.ShouldAllEndAsTheirPrograms(Ferry, program, [.. Enumerable.Repeat(device.Name, 40)]);

        lab.Sshd.Handshakes(device.Name).ShouldBe(2, lab.Sshd.Log);
        DeviceFiles.In(device.Folder).Length.ShouldBe(2, "an agent and a program");
    }

    [Fact]
    public void Several_devices_at_once_do_not_disturb_each_other()
    {
        var devices = Enumerable.Range(0, 4).Select(i => new HomeDevice(lab, $"several{i}")).ToList();
        var program = Built(devices[0]);

        RunnerCalls.ShouldAllEndAsTheirPrograms(Ferry, program, [.. Enumerable.Range(0, 40).Select(i => devices[i % devices.Count].Name)]);

        devices.ShouldAllBe(device => lab.Sshd.Handshakes(device.Name) == 1);
        devices.ShouldAllBe(device => Directory.EnumerateFiles(device.Store, "*", SearchOption.AllDirectories).Count() == 1);
    }

    /// <summary>The counterpart, built for the device and run there once.</summary>
    private string Built(HomeDevice device)
    {
        Ferry.RunIn(lab.Counterpart, "run", "-q", "--on", device.Name).ShouldExitWith(0);
        return RunnerCalls.Counterpart(lab.Counterpart);
    }
}
