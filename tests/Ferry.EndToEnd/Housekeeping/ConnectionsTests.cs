using System.Runtime.Versioning;
using System.Text.Json;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Housekeeping;

/// <summary><c>ferry connections</c> as it is typed. Each test has devices of its own among those of the others.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConnectionsTests(LoopbackDevice lab) : IClassFixture<LoopbackDevice>
{
    private FerryTool Ferry => lab.Ferry;

    [Fact]
    public void What_is_open_is_shown_and_can_be_closed()
    {
        var device = new HomeDevice(lab, "shown");

        Ferry.Run("connections").ShouldExitWith(0).Output.ShouldMatch(@"(?m)^shown +shown +\d\d:\d\d +0 of 8 +no +in \d+ ms *$");

        Ferry.Run("connections", "close", device.Name).ShouldExitWith(0).Errors.ShouldBe("      Closed the connection to 'shown'\n");
        Ferry.Run("connections").ShouldExitWith(0).Output.ShouldNotContain("shown");
        Ferry.Run("connections", "close", device.Name).ShouldExitWith(0).Errors.ShouldBe("note: no connection to 'shown' is kept open\n");
        Ferry.Run("device", "check", device.Name).ShouldExitWith(0);
        lab.Sshd.Handshakes(device.Name).ShouldBe(2, lab.Sshd.Log);
    }

    [Fact]
    public async Task One_through_which_a_program_runs_stays_unless_it_is_forced()
    {
        var device = new HomeDevice(lab, "busy");
        var ready = Path.Combine(Ferry.Home, "busy-ready");
        var running = Task.Run(() => Run.Process("bash", ["-c", $"'{FerryTool.Path}' run -q --on busy -- wait > '{ready}'"], lab.Counterpart, Ferry.Variables()));
        Waiting.Until(() => running.IsCompleted || (File.Exists(ready) && File.ReadAllText(ready).Contains("ready", StringComparison.Ordinal)), TimeSpan.FromSeconds(120));

        Rows("busy").ShouldHaveSingleItem().GetProperty("channelsInUse").GetInt32().ShouldBe(1);
        Ferry.Run("connections", "close", "busy").ShouldExitWith(1).Errors.ShouldBe(
            "warning: the connection to 'busy' is in use (1 channel), and stays; to end what goes through it: ferry connections close busy --force\n");
        running.IsCompleted.ShouldBeFalse();

        Ferry.Run("connections", "close", "busy", "--force").ShouldExitWith(0);

        (await running).ShouldExitWith(125).Errors.ShouldContain("error: lost the connection to the device while running 'counterpart'");
        Rows("busy").ShouldBeEmpty();
    }

    [Fact]
    public void What_a_crash_has_left_is_told_and_cleared_away()
    {
        _ = new HomeDevice(lab, "crashed");
        Run.Process("bash", ["-c", $"for s in '{lab.Sshd.Folder}'/ferry/*.ssh; do '{lab.Sshd.SshProgram}' -S \"$s\" -O check crashed 2>&1; done | sed -n 's/.*pid=\\([0-9]*\\).*/\\1/p' | while read p; do grep -qz crashed /proc/$p/cmdline && kill -9 $p; done; true"]).ShouldExitWith(0);

        // The kernel closes the socket of a killed process in its own time.
        RunResult result = null!;
        Waiting.Until(() => (result = Ferry.Run("connections").ShouldExitWith(0)).Errors.Length > 0, TimeSpan.FromSeconds(20));

        result.Errors.ShouldContain("note: cleared away what a connection to 'crashed' had left: nobody listens there any more\n");
        Ferry.Run("connections").ShouldExitWith(0).Errors.ShouldNotContain("crashed");
    }

    [Fact]
    public void The_users_own_is_shown_as_theirs_and_not_closed()
    {
        var socket = lab.Sshd.PathOf("mine.sock");
        lab.Sshd.AddHost("mine", lab.Command, configuration: ["ControlMaster auto", $"ControlPath {socket}", "ControlPersist 60"]);
        Ferry.Run("device", "add", "mine", "mine").ShouldExitWith(0);

        Ferry.Run("connections").ShouldExitWith(0).Errors.ShouldContain($"note: the connection to 'mine' is one of your own ssh configuration (ControlPath {socket})\n");
        Ferry.Run("connections", "close", "mine").ShouldExitWith(0).Errors.ShouldContain("and stays");

        Rows("mine").ShouldHaveSingleItem().GetProperty("yours").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Where_nothing_is_open_that_is_said()
    {
        using var fresh = new FerryTool();
        fresh.Environment["XDG_RUNTIME_DIR"] = fresh.Home;

        fresh.Run("connections").ShouldExitWith(0).Errors.ShouldBe("note: no connection is kept open\n");
        fresh.Run("connections", "close").ShouldExitWith(0).Errors.ShouldBe("note: no connection is kept open\n");
        Directory.Exists(Path.Combine(fresh.Home, "ferry", "ferry")).ShouldBeFalse();
    }

    private JsonElement[] Rows(string device)
    {
        using var page = JsonDocument.Parse(Ferry.Run("connections", "--json").ShouldExitWith(0).Output);
        return [.. page.RootElement.Clone().EnumerateArray().Where(row => row.GetProperty("device").GetString() == device)];
    }
}
