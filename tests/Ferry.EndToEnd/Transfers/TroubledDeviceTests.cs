using System.Diagnostics;
using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Transfers;

/// <summary>A device that runs full, whose agent is killed, that reboots, that several Ferrys use at once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TroubledDeviceTests : IClassFixture<FreightDevice>
{
    private readonly FreightDevice device;

    public TroubledDeviceTests(FreightDevice device)
    {
        this.device = device;
        device.Relay.CarryAll(); // a test that failed may have left it cut
    }

    [Fact]
    public void A_full_disk_costs_nothing_that_was_there_and_the_next_try_works_once_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a small file system can only be mounted by root");
        device.Run(device.Program("before", 1)).ShouldExitWith(7); // the agent is there, and not on the small disk
        device.Relay.Cut();
        device.ShouldBeQuiet();
        var mount = Run.Process("mount", ["-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", device.Store]);
        Assert.SkipUnless(mount.ExitCode == 0, "no tmpfs can be mounted here: " + mount.Errors);
        try
        {
            ShouldBeFull(device.Run(device.Program("edited", 2)));
            Directory.GetFileSystemEntries(device.Store).ShouldBeEmpty();

            Resize("1536k");
            device.Run(device.Program("edited", 2)).ShouldExitWith(7);
            ShouldBeFull(device.Run(device.Program("edited", 2, version: 1))); // as a patch
            device.ShouldBeConsistent("the disk is full");
            device.Run(device.Program("edited", 2)).ShouldExitWith(7);

            Resize("16m");
            device.Run(device.Program("edited", 2, version: 1)).ShouldExitWith(7);
            device.ShouldBeConsistent("there is room again");
        }
        finally
        {
            Run.Process("umount", ["-l", device.Store]).ShouldExitWith(0);
        }
    }

    [Fact]
    public void Whenever_the_agent_is_killed_the_next_try_works()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        device.Run(device.Program("killed", seed)).ShouldExitWith(7);
        for (var round = 1; round <= 6; round++)
        {
            var program = round % 3 == 0 ? device.Program("killed", seed, round) : device.Program($"killed-{round}", seed + round);
            device.Relay.After(random.Next(round % 3 == 0 ? 80_000 : FreightDevice.Freight), KillAll);
            var when = $"seed {seed}, round {round}";

            var result = device.Run(program, "pour");

            result.ExitCode.ShouldBeOneOf(125, 7);
            if (result.ExitCode == 125)
            {
                result.Errors.ShouldMatch("^error: .+\ncause: .+\n", $"{when}: {result}");
            }

            device.Relay.CarryAll();
            device.Run(program).ShouldExitWith(7);
            device.ShouldBeConsistent(when);
        }

        device.ShouldBeQuiet();
    }

    [Fact]
    public void A_device_that_reboots_and_forgets_everything_is_served_like_a_new_one()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 2; round++)
        {
            device.Run(device.Program("rebooted", seed)).ShouldExitWith(7);
            device.Relay.After(random.Next(round % 2 == 0 ? 60_000 : FreightDevice.Freight), Reboot);
            var program = device.Program(round % 2 == 0 ? "rebooted" : $"rebooted-{round}", seed + (round % 2 * round), version: 1 + round);

            device.Run(program, "pour").ExitCode.ShouldBeOneOf(125, 7);

            device.Relay.CarryAll();
            device.Run(program).ShouldExitWith(7);
            device.ShouldBeConsistent($"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task Several_at_once_that_send_the_same_program_and_others_all_run_what_they_sent()
    {
        (string Program, int Code)[] runs =
        [
            (device.Program("same", 3), 10), (device.Program("same", 3), 11), (device.Program("same", 3), 12),
            (device.Program("other", 4), 13), (device.Program("third", 5), 14),
        ];
        device.Run(device.Program("before", 1)).ShouldExitWith(7); // the agent is there: to compile five of them is no part of this
        device.Relay.Cut();

        var codes = await Task.WhenAll(runs.Select(run => Task.Factory.StartNew(() => device.Run(run.Program, "pour", run.Code), TaskCreationOptions.LongRunning)));

        codes.Select(result => result.ExitCode).ShouldBe([10, 11, 12, 13, 14], string.Join('\n', codes.Select(result => result.Errors)));
        device.ShouldBeQuiet();
        device.ShouldBeConsistent("five at once");
    }

    [Fact]
    public void What_arrived_before_the_cut_does_not_cross_the_link_again()
    {
        device.Run(device.Program("before", 1)).ShouldExitWith(7); // the agent is there: cut is the program
        device.Relay.Cut();
        device.ShouldBeQuiet();
        var program = device.Program("resumed", 6);
        device.Relay.CutAfter(600_000);
        device.Run(program).ShouldExitWith(125);
        device.ShouldBeQuiet();

        // No more than this may pass now, handshake included; the program alone is larger.
        device.Relay.CutAfter(600_000);
        device.Run(program).ShouldExitWith(7);

        device.Relay.CarryAll();
        device.ShouldBeConsistent("resumed");
    }

    private static void ShouldBeFull(RunResult result)
    {
        result.ShouldExitWith(125);
        result.Errors.ShouldMatch("^error: the device is full\ncause: cannot write store/[0-9a-f]+/freight: No space left on device\nhelp:  ");
    }

    private void Resize(string size) => Run.Process("mount", ["-o", $"remount,size={size}", device.Store]).ShouldExitWith(0);

    private void KillAll()
    {
        foreach (var pid in device.Running())
        {
            try
            {
                Process.GetProcessById(pid).Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It has ended by itself.
            }
        }
    }

    /// <summary>As with a system on a RAM disk: nothing survives it, and nobody says good-bye.</summary>
    private void Reboot()
    {
        KillAll();
        device.ShouldBeQuiet();
        Directory.Delete(device.Kept, recursive: true);
        device.Relay.Cut();
    }
}
