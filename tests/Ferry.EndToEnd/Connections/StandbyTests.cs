using System.Runtime.Versioning;
using System.Text;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Connections;

/// <summary>An agent that was started beforehand: the next run takes it over, and nothing else changes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StandbyTests : IClassFixture<LoopbackDevice>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LoopbackDevice device;
    private readonly CuttingRelay relay;
    private readonly string name;
    private readonly string calls;

    public StandbyTests(LoopbackDevice device)
    {
        this.device = device;
        relay = new CuttingRelay(device.Sshd.Port);
        name = device.Sshd.AddHost("s" + Guid.NewGuid().ToString("N")[..8], device.Command, configuration: [$"Port {relay.Port}", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", "LogLevel ERROR"]);
        calls = device.Sshd.PathOf($"calls-{name}");
        var ssh = device.Sshd.PathOf($"ssh-{name}");
        File.WriteAllText(ssh, $"#!/bin/sh\ncat /proc/$PPID/comm >>'{calls}'\nexec '{device.Sshd.SshProgram}' \"$@\"\n");
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Ferry.Environment["FERRY_SSH"] = ssh;
        Ferry.Environment["FERRY_STANDBY"] = null;
        Ferry.Run("device", "add", name, name).ShouldExitWith(0);
    }

    private FerryTool Ferry => device.Ferry;

    public void Dispose()
    {
        // The keeper of an agent ends with the connection.
        relay.Cut();
        Waiting.Until(() => Keepers().Length == 0, Patience);
        Ferry.Run("device", "remove", name);
        relay.Dispose();
    }

    [Fact]
    public void The_next_runs_take_it_over_one_after_the_other_and_start_no_ssh()
    {
        Exit("7").ShouldExitWith(7);
        WaitForAgent();
        Ferry.Run("connections").ShouldExitWith(0).Output.ShouldMatch(@"(?m) 0 of 8 +yes +in \d+ ms *$");
        File.Delete(calls);

        for (var code = 3; code < 10; code++)
        {
            Exit($"{code}").ShouldExitWith(code);
        }

        Callers().ShouldBeEmpty();
    }

    [Fact]
    public void What_a_program_did_not_read_is_not_for_the_next()
    {
        Exit("0").ShouldExitWith(0);
        WaitForAgent();
        foreach (var length in new[] { 10, 5_000, 70_000, 1_000_000 })
        {
            Ferry.RunIn(device.Counterpart, new byte[length], "run", "-q", "--on", name, "--", "exit", "3").ShouldExitWith(3);
            Ferry.RunIn(device.Counterpart, "hello"u8.ToArray(), "run", "-q", "--on", name, "--", "cat").ShouldExitWith(0).Output.ShouldBe("hello", $"after {length} bytes");
        }
    }

    [Fact]
    public void Input_output_and_death_by_a_signal_pass_through_it()
    {
        Exit("0").ShouldExitWith(0);
        WaitForAgent();
        var input = string.Join('\n', Enumerable.Range(1, 30_000));
        Ferry.RunIn(device.Counterpart, Encoding.UTF8.GetBytes(input), "run", "-q", "--on", name, "--", "cat").ShouldExitWith(0).Output.ShouldBe(input);
        WaitForAgent();
        Ferry.RunIn(device.Counterpart, "run", "-q", "--on", name, "--", "segv").ExitCode.ShouldBe(139);
    }

    [Fact]
    public void Whatever_ends_it_the_next_run_works()
    {
        Exit("0").ShouldExitWith(0);
        foreach (var victim in new[] { "keeper", "agent", "connection" })
        {
            WaitForAgent();
            if (victim == "keeper")
            {
                Run.Process("kill", ["-9", .. Keepers()]).ShouldExitWith(0);
            }
            else if (victim == "agent")
            {
                // Some end with the first, before they could be killed.
                Run.Process("kill", ["-9", .. Agents()]).Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.EndsWith("No such process", StringComparison.Ordinal));
            }
            else
            {
                relay.Cut();
                Waiting.Until(() => Keepers().Length == 0, Patience);
                relay.CarryAll();
            }

            Exit("5").ExitCode.ShouldBe(5, victim);
        }
    }

    [Fact]
    public async Task The_program_ends_with_the_one_that_took_it_over()
    {
        Exit("0").ShouldExitWith(0);
        WaitForAgent();
        var mark = "mark" + Guid.NewGuid().ToString("N");
        var ready = Path.Combine(Ferry.Home, mark);
        var running = Task.Run(() => Run.Process("bash", ["-c", $"'{FerryTool.Path}' run -q --on {name} -- stubborn {mark} > '{ready}' & echo $! > '{ready}.id'; wait"], device.Counterpart, Ferry.Variables()));
        Waiting.Until(() => File.Exists(ready) && File.ReadAllText(ready).Contains("ready", StringComparison.Ordinal), Patience);

        // cargo has become the runner, and ferry cargo: it is all one process.
        Run.Process("kill", ["-9", File.ReadAllText(ready + ".id").Trim()]).ShouldExitWith(0);

        await running;
        Waiting.Until(() => Ids($"[s]tubborn {mark}").Length == 0, Patience);
    }

    [Fact]
    public void Many_at_once_each_get_their_own()
    {
        Exit("0").ShouldExitWith(0);
        WaitForAgent();
        var program = Directory.GetFiles(Path.Combine(device.Counterpart, "target"), "counterpart", SearchOption.AllDirectories).First(file => !file.Contains("deps", StringComparison.Ordinal));
        var runner = Path.Combine(Ferry.Home, "ferry", "cache", "bin", "ferry-runner");
        Ferry.Environment["FERRY_DEVICE"] = name;
        var script = $"for i in {{1..20}}; do '{runner}' '{program}' exit $i & pids=\"$pids $!\"; done; n=0; for p in $pids; do wait $p; n=$((n + $?)); done; echo $n";

        var result = Run.Process("bash", ["-c", script], device.Counterpart, Ferry.Variables(), timeout: TimeSpan.FromMinutes(3));

        Ferry.Environment.Remove("FERRY_DEVICE");
        result.Output.Trim().ShouldBe("210", result.ToString());
    }

    [Fact]
    public void Who_does_not_want_it_is_left_alone()
    {
        Ferry.Environment["FERRY_STANDBY"] = "off";
        Exit("6").ShouldExitWith(6);
        Keepers().ShouldBeEmpty();
        Callers().ShouldNotContain("ferry-standby");
    }

    private RunResult Exit(string code) => Ferry.RunIn(device.Counterpart, "run", "-q", "--on", name, "--", "exit", code);

    private void WaitForAgent() => Waiting.Until(() => Keepers().Length > 0 && Agents().Length > 0, Patience);

    private string[] Keepers() => Ids($"[f]erry-standby {name} ");

    /// <summary>Those of this device: it is not the only one on this PC.</summary>
    private string[] Agents() =>
        [.. Run.Process("pgrep", ["^agent-"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(id => new FileInfo($"/proc/{id}/cwd").LinkTarget?.StartsWith(device.Home, StringComparison.Ordinal) == true)];

    private string[] Callers() => File.Exists(calls) ? File.ReadAllLines(calls) : [];

    private static string[] Ids(string pattern) => Run.Process("pgrep", ["-f", pattern]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
