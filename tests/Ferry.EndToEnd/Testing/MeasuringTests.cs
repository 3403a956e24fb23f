using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Testing;

/// <summary><c>ferry bench</c>: conditions around the figures, and a device that is locked meanwhile.</summary>
[UnsupportedOSPlatform("windows")]
[Collection("boards")]
public sealed class MeasuringTests(TrialBoard trial) : IClassFixture<TrialBoard>
{
    private static string Tool => FerryTool.Path;

    [Fact]
    public void Figures_are_on_stdout_and_the_conditions_around_them_on_stderr()
    {
        var result = trial.OnDevice("bench", "--bench", "figures").ShouldExitWith(0);

        result.Output.ShouldMatch(@"^double +time: +\[[0-9]+ ns\]\n$");
        result.Errors.ShouldMatch(@"\n +Measuring figures on pi4: .*load [0-9.]+\n +Measured figures on pi4: .*load [0-9.]+\n");
        trial.OnDevice("bench", "-q", "--bench", "figures").ShouldExitWith(0).Errors.ShouldBeEmpty();
        trial.OnDevice("test", "--benches").ShouldExitWith(0).Errors.ShouldNotContain("Measur");
        trial.OnDevice("bench", "--bench", "figures", "--", "--list").ShouldExitWith(0).Errors.ShouldNotContain("Measur");
    }

    [Fact]
    public void While_it_measures_others_wait_and_say_for_what()
    {
        var go = trial.There + "-1";
        var result = trial.Bash($$"""
            rm -f *.err *.out
            '{{Tool}}' test -q --lib --no-run && '{{Tool}}' bench -q --no-run
            '{{Tool}}' bench --bench figures -- {{go}} --until-told 2>bench.err & bench=$!
            until grep -q Measuring bench.err; do kill -0 $bench || exit 1; sleep 0.1; done
            '{{Tool}}' test --lib doubles >test.out 2>test.err & test=$!
            until grep -q Waiting test.err; do kill -0 $test || exit 2; sleep 0.1; done
            '{{Tool}}' bench --no-lock --bench figures >beside.out 2>beside.err & beside=$!
            until grep -q Waiting beside.err; do kill -0 $beside || exit 3; sleep 0.1; done
            ! grep -q 'test result' test.out || exit 4
            '{{trial.Ferry.Ssh}}' pi4 touch {{go}}
            wait $bench || { cat bench.err >&2; exit 5; }; wait $test || { cat test.err >&2; exit 6; }; wait $beside || { cat beside.err >&2; exit 7; }
            cat test.out
            """).ShouldExitWith(0);

        result.Output.ShouldContain("1 passed");
        var waiting = File.ReadAllText(Path.Combine(trial.Project, "test.err"));
        waiting.ShouldMatch(@"\n +Waiting for device 'pi4': a benchmark of 'figures' is being measured \(started [0-9]{2}:[0-9]{2}\)\n");
        trial.OnBoard("rm -f " + go);
    }

    [Fact]
    public void A_measurement_waits_for_what_runs_and_Ctrl_C_ends_the_waiting()
    {
        var go = trial.There + "-2";
        trial.Bash($$"""
            rm -f *.err *.out
            '{{Tool}}' bench -q --no-run
            '{{Tool}}' bench --no-lock --bench figures -- {{go}} --until-told >/dev/null 2>first.err & first=$!
            until grep -q Measuring first.err; do kill -0 $first || exit 1; sleep 0.1; done
            set -m
            '{{Tool}}' bench --bench figures >/dev/null 2>second.err & second=$!
            until grep -q Waiting second.err; do kill -0 $second || exit 2; sleep 0.1; done
            kill -INT -- -$second
            wait $second; echo "code $?"
            '{{Tool}}' test --lib doubles || exit 3
            '{{trial.Ferry.Ssh}}' pi4 touch {{go}}
            wait $first || exit 4
            '{{Tool}}' bench -q --bench figures || exit 5
            """).ShouldExitWith(0).Output.ShouldStartWith("code 130\n");

        File.ReadAllText(Path.Combine(trial.Project, "second.err")).ShouldContain("Waiting for device 'pi4': other programs run there (to measure beside them: --no-lock)\n");
        trial.OnBoard("rm -f " + go);
    }
}
