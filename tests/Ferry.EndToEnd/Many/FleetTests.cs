using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Many;

/// <summary><c>--on a,b</c>: emulated processors and this PC through its own sshd, side by side.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FleetTests : IClassFixture<LoopbackDevice>, IDisposable
{
    private const string Both = "emulator,emulator:cortex-a7";
    private readonly LoopbackDevice device;
    private readonly CargoProject project;

    public FleetTests(LoopbackDevice device)
    {
        this.device = device;
        project = new CargoProject(device.Ferry.Home, "p" + Guid.NewGuid().ToString("N")[..8]);
    }

    private FerryTool Ferry => device.Ferry;

    public void Dispose() => Directory.Delete(project.Folder, recursive: true);

    [Fact]
    public void The_same_tests_on_two_devices_count_as_they_do_on_each_alone()
    {
        project.With("src/lib.rs", "#[test] fn a() {}\n#[test] #[ignore] fn b() {}").With("tests/t.rs", "#[test] fn c() { assert_ne!(std::env::consts::ARCH, \"arm\") }\n#[test] fn d() {}");

        var result = Ferry.RunIn(project.Folder, "test", "--on", Both).ShouldExitWith(101);

        result.Errors.ShouldMatch(@"(?m)^DEVICE +RESULT +PASSED +FAILED +IGNORED +TIME *\nemulator +ok +3 +0 +1 +\S+ *\nemulator:cortex-a7 +1 failed +2 +1 +1 +\S+ *$");
        Lines(result.Output).ShouldAllBe(line => line.StartsWith("emulator           |", StringComparison.Ordinal) || line.StartsWith("emulator:cortex-a7 |", StringComparison.Ordinal));
        var alone = Ferry.RunIn(project.Folder, "test", "--on", "emulator:cortex-a7").ShouldExitWith(101);
        Results(alone.Output).ShouldBe(Results(result.Output.Split('\n').Where(line => line.StartsWith("emulator:c", StringComparison.Ordinal)).Select(line => line[21..])));
        result.Errors.ShouldContain("emulator           |      Running tests/t.rs (");
        Regex.Count(result.Errors, "(?m)^ +Compiling ").ShouldBe(2);
    }

    [Fact]
    public void Lines_come_whole_and_in_order_and_the_worst_exit_code_counts()
    {
        project.With("src/main.rs", """
            fn main() {
                assert_eq!(std::io::stdin().lines().count(), 0);
                for i in 0..3000 { print!("line {i} "); println!("of {}", std::env::consts::ARCH); }
                print!("no end");
                std::process::exit(if std::env::consts::ARCH == "arm" { 7 } else { 3 })
            }
            """);

        var result = Ferry.RunIn(project.Folder, "input"u8.ToArray(), "run", "--on", "emulator", "--on", "emulator:cortex-a7").ShouldExitWith(7);

        foreach (var (name, arch) in new[] { ("emulator           ", "aarch64"), ("emulator:cortex-a7 ", "arm") })
        {
            var own = Lines(result.Output).Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[(name.Length + 2)..]);
            own.ShouldBe(Enumerable.Range(0, 3000).Select(i => $"line {i} of {arch}").Append("no end"));
        }

        Lines(result.Output).Length.ShouldBe(6002);
        result.Errors.ShouldMatch(@"(?m)^emulator +exit 3 +\S+ *\nemulator:cortex-a7 +exit 7 +\S+ *$");
    }

    [Fact]
    public void A_device_that_is_not_there_is_a_row_and_the_others_run()
    {
        project.With("src/main.rs", "fn main() { println!(\"runs\"); }");
        using var relay = new CuttingRelay(device.Sshd.Port);
        var (gone, there) = (Add("gone", relay.Port), Add("there", device.Sshd.Port));
        relay.CutAfter(0);
        relay.Cut();

        var result = Ferry.RunIn(project.Folder, "run", "--on", $"{gone},emulator,{there}").ShouldExitWith(125);

        result.Errors.ShouldMatch($@"(?m)^{gone} +unreachable *\nemulator +ok +\S+ *\n{there} +ok +\S+ *$");
        result.Errors.ShouldStartWith("error: ");
        Lines(result.Output).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_device_that_vanishes_does_not_lose_the_others_results()
    {
        using var relay = new CuttingRelay(device.Sshd.Port);
        var (name, ready) = (Add("v", relay.Port), Path.Combine(device.Home, Guid.NewGuid().ToString("N")));
        project.With("src/lib.rs", $$"""
            #[test] fn a() { if std::env::consts::ARCH == "x86_64" { std::fs::write("{{ready}}", "").unwrap(); loop { std::thread::park() } } }
            #[test] fn b() {}
            """);
        var running = Task.Run(() => Ferry.RunIn(project.Folder, "test", "--on", $"emulator,{name}"));
        Waiting.Until(() => File.Exists(ready) || running.IsCompleted, TimeSpan.FromMinutes(2));

        relay.Cut();

        var result = (await running).ShouldExitWith(125);
        result.Errors.ShouldMatch($@"(?m)^emulator +ok +2 +0 +0 +\S+ *\n{name} +unreachable +\S* *$");
        result.Errors.ShouldMatch($@"(?m)^{name} +\| error: lost the connection");
    }

    [Fact]
    public void Ctrl_C_ends_the_programs_everywhere()
    {
        var mark = "mark" + Guid.NewGuid().ToString("N");
        project.With("src/main.rs", "fn main() { println!(\"stays\"); loop { std::thread::park() } }");
        using var run = new TerminalProcess(Ferry, project.Folder, "run", "--on", Both, "--", mark);
        run.WaitFor(@"\| stays$", 2);

        run.Type("\u0003");

        run.End().ShouldBe(130, run.Output);
        run.Count("^emulator(:cortex-a7)? +interrupted ").ShouldBe(2, run.Output);
        Run.Process("sh", ["-c", $"pgrep -fc 'qemu.* [m]{mark[1..]}$'"]).Output.Trim().ShouldBe("0");
    }

    [Fact]
    public void A_reader_that_has_enough_ends_all()
    {
        project.With("src/main.rs", "fn main() { loop { println!(\"more\"); } }");
        var line = $"'{FerryTool.Path}' run --on {Both} | head -3 | wc -l; echo \"${{PIPESTATUS[0]}}\"";
        Run.Process("bash", ["-c", line], project.Folder, Ferry.Variables()).ShouldExitWith(0).Output.ShouldBe("3\n141\n");
    }

    [Fact]
    public void The_same_device_under_two_names_is_refused()
    {
        Ferry.Run("device", "add", "named", device.Sshd.Host).ShouldExitWith(0);
        Ferry.RunIn(project.Folder, "test", "--on", $"named,{device.Sshd.Host}").ShouldExitWith(125).Errors.ShouldStartWith("error: '--on' names 'named' twice\n");
        Ferry.Run("device", "remove", "named").ShouldExitWith(0);
    }

    [Fact]
    public void Build_checks_what_it_built_for_each()
    {
        project.With("src/main.rs", "fn main() {}");
        Ferry.RunIn(project.Folder, "build", "-v", "--on", Both).ShouldExitWith(0).Errors.ShouldMatch("(?s)Checked .*emulator.*Checked .*emulator:cortex-a7");
        project.With("src/main.rs", "fn main() {");
        Ferry.RunIn(project.Folder, "test", "--on", Both).ShouldExitWith(101).Errors.ShouldMatch(@"(?m)^emulator +not built *\nemulator:cortex-a7 +not built *$");
    }

    /// <summary>The loopback device under a name of its own, by way of a port.</summary>
    private string Add(string name, int port)
    {
        var host = device.Sshd.AddHost(name + Guid.NewGuid().ToString("N")[..8], device.Command, configuration: [$"Port {port}", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", "LogLevel ERROR"]);
        Ferry.Run("device", "add", host, host).ShouldExitWith(0);
        return host;
    }

    private static string[] Lines(string output) => output.TrimEnd('\n').Split('\n');

    private static List<string> Results(string output) => Results(output.Split('\n'));

    /// <summary>Without how long it took.</summary>
    private static List<string> Results(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith("test result", StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf(';')]).ToList();
}
