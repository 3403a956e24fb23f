using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Testing;

/// <summary><c>ferry cargo</c>, and what cargo-nextest does with a runner: its calls, replayed by the script beside this file.</summary>
[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class NextestTests(TrialBoard trial) : IClassFixture<TrialBoard>
{
    [Fact]
    public void Lists_are_byte_exact_and_each_test_is_a_process()
    {
        var result = Nextest("60", "--lib", "--test", "fails").ShouldExitWith(100);

        string[] unit = ["tests::a_macro_counts", "tests::a_result_is_a_test_too", "tests::doubles", "tests::panics", "tests::takes_long", "tests::threads_run_beside_each_other"];
        string[] integration = ["fails", "holds"];
        result.Output.ShouldBe($"""
            {Listed(integration)}
            {Listed(unit)}
            fails 101
            holds 0
            {string.Join("\n", unit.Where(name => name != "tests::takes_long").Select(name => name + " 0"))}

            """);
    }

    [Fact]
    public void A_test_that_is_too_slow_is_ended_on_the_device_too()
    {
        var mark = "mark" + Guid.NewGuid().ToString("N");
        trial.Ferry.Environment["RUST_TRIAL_MARK"] = mark;

        var result = Nextest("4", "--test", "hangs").ShouldExitWith(100);

        trial.Ferry.Environment.Remove("RUST_TRIAL_MARK");
        result.Output.ShouldMatch("\nhangs (143|137)\nquick 0\n$");
        Waiting.Until(() => trial.OnBoard($"pgrep -f '[{mark[0]}]{mark[1..]}'").Output.Length == 0, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Any_command_of_cargo_s_goes_to_the_device()
    {
        trial.OnDevice("cargo", "run", "-q", "--example", "shown").ShouldExitWith(0).Output.ShouldBe("8\n");
        trial.OnDevice("cargo", "--on", "emulator", "test", "-q", "--test", "own-harness", "--", "--three").ShouldExitWith(3);
        trial.OnDevice("cargo", "check", "-q").ShouldExitWith(0);
        Directory.Exists(Path.Combine(trial.Project, "target", "aarch64-unknown-linux-gnu", "debug")).ShouldBeTrue();
    }

    [Fact]
    public void What_is_no_command_of_cargo_s_is_named()
    {
        trial.OnDevice("cargo").ShouldExitWith(125).Errors.ShouldStartWith("error: which command of cargo's?\nhelp: ");
        trial.OnDevice("cargo", "--bogus", "test").ShouldExitWith(125).Errors.ShouldStartWith("error: unexpected option '--bogus'\nhelp:  cargo's own words come behind its command");
        trial.OnDevice("cargo", "no-such-command").ShouldExitWith(101).Errors.ShouldContain("error: no such command: `no-such-command`");
    }

    private static string Listed(string[] names) =>
        $"listed {names.Sum(name => name.Length + ": test\n".Length)} bytes: {string.Concat(names.Select(name => name + " "))}";

    private RunResult Nextest(string slowTimeout, params string[] words)
    {
        var tools = Repository.PathOf("tests", "Ferry.EndToEnd", "Testing");
        return trial.Bash($"SLOW_TIMEOUT={slowTimeout} PATH='{tools}':$PATH '{FerryTool.Path}' cargo nextest run {string.Join(' ', words)}");
    }
}
