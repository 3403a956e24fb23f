using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Testing;

/// <summary><c>--timeout</c>: on a board and in the emulator.</summary>
[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class TimeLimitTests(TrialBoard trial) : IClassFixture<TrialBoard>
{
    [Theory]
    [InlineData("pi4", "on device 'pi4'")]
    [InlineData("emulator", "in the emulator")]
    public void A_test_that_hangs_is_killed_with_all_that_it_started(string device, string where)
    {
        var mark = "mark" + Guid.NewGuid().ToString("N");

        var result = trial.OnDevice("test", "--on", device, "--env", "RUST_TRIAL_MARK=" + mark, "--env", "RUST_TRIAL_DEAF=1", "--timeout", "3s", "--test", "hangs", "--", "--nocapture").ShouldExitWith(124);

        result.Errors.ShouldMatch($"\nerror: 'hangs-[0-9a-f]+' was still running after 3 s, and was killed, {where}\n");
        result.Output.ShouldContain("hanging\n");
        trial.OnBoard($"pgrep -f '[{mark[0]}]{mark[1..]}'").Output.ShouldBeEmpty();
        Run.Process("pgrep", ["-f", mark]).Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pi4")]
    [InlineData("emulator")]
    public void Who_ends_in_time_ends_as_ever(string device)
    {
        trial.OnDevice("test", "--on", device, "--timeout", "10m", "--test", "own-harness", "--", "--three").ShouldExitWith(3).Output.ShouldBe("own harness: --three\n");
        trial.OnDevice("test", "--on", device, "--timeout", "10m", "--test", "dies").ShouldExitWith(101).Errors.ShouldContain("(signal: 11, SIGSEGV");
    }

    [Fact]
    public void Cargo_toml_can_say_it_and_the_option_goes_before()
    {
        var manifest = Path.Combine(trial.Project, "Cargo.toml");
        var before = File.ReadAllText(manifest);
        try
        {
            File.WriteAllText(manifest, before + "\n[package.metadata.ferry]\ntimeout = \"2s\"\n");
            trial.OnDevice("test", "--test", "hangs").ShouldExitWith(124).Errors.ShouldContain("after 2 s, and was killed");
            trial.OnDevice("test", "--dry-run").ShouldExitWith(0).Output.ShouldMatch(@"timeout +2 s +\[package.metadata.ferry\]");
            trial.OnDevice("test", "--dry-run", "--timeout", "1h").ShouldExitWith(0).Output.ShouldMatch(@"timeout +60 min +--timeout");
            File.WriteAllText(manifest, before + "\n[package.metadata.ferry]\ntimeout = \"long\"\n");
            trial.OnDevice("test").ShouldExitWith(125).Errors.ShouldStartWith("error: 'long' of timeout in [package.metadata.ferry] is not a time\nhelp: ");
            File.WriteAllText(manifest, before + "\n[package.metadata.ferry]\ntimeout = 60\n");
            trial.OnDevice("test").ShouldExitWith(125).Errors.ShouldStartWith("error: 'timeout' in [package.metadata.ferry] of Cargo.toml is not a string\n");
        }
        finally
        {
            File.WriteAllText(manifest, before);
        }
    }

    [Theory]
    [InlineData("soon", "error: 'soon' of --timeout is not a time\n")]
    [InlineData("0s", "error: '0s' of --timeout leaves a program no time at all\n")]
    public void What_is_no_time_is_refused_before_anything_is_built(string time, string error)
    {
        foreach (var verb in new[] { "run", "test", "bench" })
        {
            trial.OnDevice(verb, "--timeout", time).ShouldExitWith(125).Errors.ShouldBe(error + "help:  give a number and its unit, such as 60s, 2m or 1h30m\n");
        }
    }
}
