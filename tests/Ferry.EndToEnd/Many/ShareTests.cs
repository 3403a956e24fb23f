using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Many;

/// <summary><c>ferry test --share</c> on devices that are all this PC, each with a variable of its own that says which one it is.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ShareTests : IClassFixture<LoopbackDevice>, IDisposable
{
    private readonly LoopbackDevice device;
    private readonly CuttingRelay relay;
    private readonly CargoProject project;
    private readonly string one;
    private readonly string two;

    public ShareTests(LoopbackDevice device)
    {
        this.device = device;
        relay = new CuttingRelay(device.Sshd.Port);
        project = new CargoProject(device.Ferry.Home, "p" + Guid.NewGuid().ToString("N")[..8]);
        (one, two) = (Add("one", device.Sshd.Port), Add("two", relay.Port));
    }

    private FerryTool Ferry => device.Ferry;

    public void Dispose()
    {
        Ferry.Run("device", "remove", one);
        Ferry.Run("device", "remove", two);
        relay.Dispose();
        Directory.Delete(project.Folder, recursive: true);
    }

    [Fact]
    public void Shared_tests_count_as_those_of_one_device()
    {
        project.With("src/lib.rs", Tests(7)).With("tests/cli.rs", Tests(5) + "#[test] #[ignore] fn left_out() {}").With("tests/fails.rs", "#[test] fn fails() { panic!() }");

        var shared = Ferry.RunIn(project.Folder, "test", "--on", $"{one},{two}", "--share").ShouldExitWith(101);
        var alone = Ferry.RunIn(project.Folder, "test", "--on", one, "--no-fail-fast").ShouldExitWith(101);

        Sums(shared.Output).ShouldBe(Sums(alone.Output));
        shared.Errors.ShouldMatch(@"(?m)^together +12 +1 +1 *$");
    }

    [Theory]
    [InlineData(30)]
    [InlineData(10, "test_1", "--", "--skip", "test_12", "--test-threads", "1")]
    public void A_single_program_is_parted_by_its_tests(int passed, params string[] words)
    {
        project.With("src/lib.rs", Tests(30));

        var shared = Ferry.RunIn(project.Folder, ["test", "--on", $"{one},{two}", "--share", .. words]).ShouldExitWith(0);
        var alone = Ferry.RunIn(project.Folder, ["test", "--on", one, .. words]).ShouldExitWith(0);

        Sums(shared.Output).ShouldBe((passed, 0, 0));
        Sums(alone.Output).ShouldBe((passed, 0, 0));
        shared.Errors.ShouldContain(", part 1 of ");
        shared.Output.ShouldContain(one + " |");
        shared.Output.ShouldContain(two + " |");
    }

    [Fact]
    public async Task A_device_that_vanishes_gives_its_part_to_the_others()
    {
        var ready = Path.Combine(device.Home, Guid.NewGuid().ToString("N"));
        project.With("src/lib.rs", Tests(20) + $$"""
            #[test] fn waits_on_two() { if std::env::var("DEVICE").unwrap() == "two" { std::fs::write("{{ready}}", "").unwrap(); loop { std::thread::park() } } }
            """).With("tests/a.rs", StaysOnTwo("a", ready)).With("tests/b.rs", StaysOnTwo("b", ready));
        var running = Task.Run(() => Ferry.RunIn(project.Folder, "test", "--on", $"{one},{two}", "--share"));
        Waiting.Until(() => File.Exists(ready) || running.IsCompleted, TimeSpan.FromMinutes(2));

        relay.Cut();

        var result = (await running).ShouldExitWith(0);
        result.Errors.ShouldContain($"warning: device '{two}' went away; the others take over ");
        result.Errors.ShouldMatch($@"(?m)^{one} +ok +23 +0 +0 +\S+ *\n{two} +unreachable .*\ntogether +23 +0 +0 *$");
    }

    [Fact]
    public void Devices_of_different_targets_cannot_share()
    {
        project.With("src/lib.rs", Tests(2));
        Ferry.RunIn(project.Folder, "test", "--on", $"{one},emulator:cortex-a7", "--share").ShouldExitWith(125).Errors.ShouldContain($"error: devices '{one}' and 'emulator:cortex-a7' cannot share tests");
    }

    private static string Tests(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"#[test] fn test_{i}() {{}}\n"));

    /// <summary>On the second device it tells that it is there and stays; nobody has told it anything on the first.</summary>
    private static string StaysOnTwo(string name, string ready) =>
        $$"""#[test] fn {{name}}() { if std::env::var("DEVICE").unwrap() == "two" { std::fs::write("{{ready}}", "").unwrap(); loop { std::thread::park() } } }""";

    private string Add(string name, int port)
    {
        var command = device.Command.Replace("exec ", $"DEVICE={name} exec ", StringComparison.Ordinal);
        var host = device.Sshd.AddHost(name + Guid.NewGuid().ToString("N")[..8], command, configuration: [$"Port {port}", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", "LogLevel ERROR"]);
        Ferry.Run("device", "add", host, host).ShouldExitWith(0);
        return host;
    }

    /// <summary>What all "test result:" lines together say.</summary>
    private static (int Passed, int Failed, int Ignored) Sums(string output)
    {
        var counts = output.Split('\n').Select(line => Commands.Many.TestCounts.Of(line[(line.IndexOf("| ", StringComparison.Ordinal) is var bar and >= 0 ? bar + 2 : 0)..])).OfType<Commands.Many.TestCounts>();
        var sum = counts.Aggregate(default(Commands.Many.TestCounts), (a, b) => a + b);
        return (sum.Passed, sum.Failed, sum.Ignored);
    }
}
