using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Testing;

/// <summary><c>ferry test</c> on a board and plain cargo here: the same exit code, the same words on stdout.</summary>
[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class CountTests(TrialBoard trial) : IClassFixture<TrialBoard>
{
    private static readonly Dictionary<string, string?> AsItIs = [];

    [Theory]
    [InlineData("test --lib --test own-harness", 0)]
    [InlineData("test --lib doubles", 0)]
    [InlineData("test --lib -q -- --test-threads 1", 0)]
    [InlineData("test --lib no-such-test", 0)]
    [InlineData("test --lib -- --ignored", 0)]
    [InlineData("test --lib -- --include-ignored --test-threads 1", 0)]
    [InlineData("test --lib -- --nocapture --test-threads 1", 0)]
    [InlineData("test --lib -- --list", 0)]
    [InlineData("test --lib -- --no-such-option", 101)]
    [InlineData("test --test fails", 101)]
    [InlineData("test --test fails -- --skip fails", 0)]
    [InlineData("test --test dies", 101)]
    [InlineData("test --test own-harness -- --three", 3)]
    [InlineData("test --no-fail-fast --lib --test fails --test own-harness --test dies", 101)]
    [InlineData("test --workspace --lib", 0)]
    [InlineData("test --workspace --exclude trial --lib", 0)]
    [InlineData("test --benches --examples", 0)]
    [InlineData("test --lib --no-run", 0)]
    [InlineData("test --test no-such-file", 101)]
    [InlineData("bench --bench figures", 0)]
    public void Codes_and_counts_are_those_of_this_PC(string line, int code)
    {
        var words = line.Split(' ');
        var here = trial.Here(trial.Project, AsItIs, words).ShouldExitWith(code);
        var there = trial.OnDevice(words).ShouldExitWith(code);

        TrialBoard.Said(there.Output).ShouldBe(TrialBoard.Said(here.Output));
    }

    [Fact]
    public void A_test_program_that_dies_is_told_by_cargo_as_ever()
    {
        var died = trial.OnDevice("test", "--test", "dies").ShouldExitWith(101);

        died.Errors.ShouldContain("(signal: 11, SIGSEGV: invalid memory reference)");
        died.Errors.ShouldContain("was killed by SIGSEGV (invalid memory access), on device 'pi4'");
    }

    [Fact]
    public void Doc_tests_that_cargo_leaves_out_are_named_unless_others_were_chosen()
    {
        const string LeftOut = "note: doc tests are left out: before 1.89 cargo runs them for this PC only (this is 1.85.0); here: cargo test --doc\n";
        trial.OnDevice("test", "doubles").Errors.ShouldContain(LeftOut);
        trial.OnDevice("test", "--doc").Errors.ShouldContain(LeftOut);
        trial.OnDevice("test", "--lib").Errors.ShouldNotContain("doc tests");
        trial.OnDevice("test", "--test", "own-harness").Errors.ShouldNotContain("doc tests");
        trial.OnDevice("test", "-p", "trial-macros").Errors.ShouldNotContain("doc tests");
        trial.OnDevice("test", "-q", "--no-run").Errors.ShouldBeEmpty();
    }

    /// <summary>Of the sources in the lab's cache (tests/lab/programs); nobody here wrote them.</summary>
    [Theory]
    [InlineData("strsim-0.10.0", 98)]
    [InlineData("heck-0.4.0", 79)]
    [InlineData("itoa-1.0.1", 11)]
    [InlineData("either-1.6.1", 7)]
    public void Crates_that_others_wrote_pass_as_they_do_here(string crate, int lines)
    {
        Run.Process(Repository.PathOf("tests", "lab", "programs"), [], timeout: TimeSpan.FromMinutes(15)).ShouldExitWith(0);
        var programs = Path.Combine(Repository.Cache, "programs");
        var folder = Path.Combine(trial.Ferry.Home, crate);
        Boards.BoardSession.Copy(Path.Combine(programs, "crates", crate), folder);
        File.Delete(Path.Combine(folder, "Cargo.lock"));
        File.AppendAllText(Path.Combine(folder, "Cargo.toml"), "\n[workspace]\n");
        trial.Ferry.Environment["CARGO_HOME"] = Path.Combine(programs, "cargo-home");
        try
        {
            var here = trial.Here(folder, AsItIs, "test", "--tests").ShouldExitWith(0);
            var there = trial.Ferry.RunIn(folder, "test", "--tests").ShouldExitWith(0);

            TrialBoard.Said(there.Output).ShouldBe(TrialBoard.Said(here.Output));
            there.Output.Split('\n').Count(line => line.StartsWith("test ", StringComparison.Ordinal) && !line.StartsWith("test result", StringComparison.Ordinal)).ShouldBeGreaterThan(lines / 2);
        }
        finally
        {
            trial.Ferry.Environment.Remove("CARGO_HOME");
        }
    }
}
