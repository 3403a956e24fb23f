using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>A device that is there, and then is not: while it is asked, while its libraries come, while a program goes there, while it runs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class VanishingDeviceTests : IClassFixture<LoopbackDevice>, IDisposable
{
    private readonly LoopbackDevice device;
    private readonly CuttingRelay relay;
    private readonly string name;

    public VanishingDeviceTests(LoopbackDevice device)
    {
        this.device = device;
        relay = new CuttingRelay(device.Sshd.Port);
        name = device.Sshd.AddHost("v" + Guid.NewGuid().ToString("N")[..8], device.Command, configuration: [$"Port {relay.Port}", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", "LogLevel ERROR"]);
    }

    private FerryTool Ferry => device.Ferry;

    private string Kept => Path.Combine(device.Home, ".cache", "ferry");

    public void Dispose()
    {
        relay.CarryAll();
        Ferry.Run("device", "remove", name);
        relay.Dispose();
    }

    [Fact]
    public void Wherever_adding_breaks_off_nothing_is_kept_and_the_next_try_works()
    {
        var sysroots = Path.Combine(Ferry.Home, "ferry", "cache", "sysroots");
        if (Directory.Exists(sysroots))
        {
            Directory.Delete(sysroots, recursive: true);
        }

        foreach (var bytes in new[] { 500, 3_000, 15_000, 100_000, 700_000 })
        {
            relay.CutAfter(bytes);
            var result = Ferry.Run("device", "add", name, name).ShouldExitWith(3);
            result.Errors.ShouldMatch("\nerror: .*\ncause: .*\n", $"{bytes} bytes: {result}");
            Ferry.Run("device", "show", name).ShouldExitWith(2);
            if (Directory.Exists(sysroots))
            {
                Directory.EnumerateDirectories(sysroots).ShouldBeEmpty($"{bytes} bytes");
            }
        }

        relay.CarryAll();
        Ferry.Run("device", "add", name, name).ShouldExitWith(0);
    }

    [Fact]
    public void Wherever_sending_breaks_off_nothing_half_done_stays_and_the_next_try_works()
    {
        Ferry.Run("device", "add", name, name).ShouldExitWith(0);
        Ferry.RunIn(device.Counterpart, "run", "-q", "--on", name).ShouldExitWith(0);
        Directory.Delete(Kept, recursive: true);
        relay.Cut();
        foreach (var bytes in new[] { 3_000, 8_000, 100_000, 350_000, 400_000, 450_000 })
        {
            relay.CutAfter(bytes);
            var result = Ferry.RunIn(device.Counterpart, "run", "-q", "--on", name, "--", "exit", "7");
            result.ExitCode.ShouldBe(125, $"{bytes} bytes: {result}");
            result.Errors.ShouldMatch("^error: .*\ncause: .*\n", $"{bytes} bytes: {result}");
            Waiting.Until(() => HalfDone().Length == 0, TimeSpan.FromSeconds(20));
        }

        relay.CarryAll();
        Ferry.RunIn(device.Counterpart, "run", "-q", "--on", name, "--", "exit", "7").ShouldExitWith(7);
    }

    [Fact]
    public async Task A_connection_that_is_lost_ends_the_program_and_says_so()
    {
        Ferry.Run("device", "add", name, name).ShouldExitWith(0);
        var mark = "mark" + Guid.NewGuid().ToString("N");
        var ready = Path.Combine(Ferry.Home, mark);
        var running = Task.Run(() => Run.Process("bash", ["-c", $"'{FerryTool.Path}' run -q --on {name} -- stubborn {mark} > '{ready}'"], device.Counterpart, Ferry.Variables()));
        Waiting.Until(() => running.IsCompleted || (File.Exists(ready) && File.ReadAllText(ready).Contains("ready", StringComparison.Ordinal)), TimeSpan.FromSeconds(60));
        Processes(mark).ShouldNotBe("0");

        relay.Cut();

        var result = (await running).ShouldExitWith(125);
        result.Errors.ShouldMatch("^error: lost the connection to the device while running 'counterpart'\ncause: .+\n");
        Waiting.Until(() => Processes(mark) == "0", TimeSpan.FromSeconds(30));
        Ferry.RunIn(device.Counterpart, "run", "-q", "--on", name, "--", "exit", "7").ShouldExitWith(7);
    }

    /// <summary>Files on the device that are neither an agent nor a stored program, nor what a next try goes on with.</summary>
    private string[] HalfDone() => Directory.Exists(Kept)
        ? [.. Directory.EnumerateFiles(Kept, "*", SearchOption.AllDirectories).Where(file => !System.Text.RegularExpressions.Regex.IsMatch(Path.GetRelativePath(Kept, file), @"^(agent-[0-9a-f]+|measuring\.(lock|queue)|store/[0-9a-f]+(/[^/]+|[.]part))$"))]
        : [];

    private static string Processes(string mark) => Run.Process("sh", ["-c", $"pgrep -f '[s]tubborn {mark}' | grep -vc \"^$$\\$\""]).Output.Trim();
}
