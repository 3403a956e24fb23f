using System.Runtime.Versioning;
using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Housekeeping;

/// <summary>The same on boards, where memory is small and processors are slow.</summary>
[Collection("boards")]
[UnsupportedOSPlatform("windows")]
public sealed class BoardTests(Router router, Pi4 pi4) : IClassFixture<Router>, IClassFixture<Pi4>
{
    private const int Large = 9_600_000;

    [Fact]
    public void On_a_router_with_16_MB_a_program_of_10_MB_and_then_its_patch_fit()
    {
        var project = new CargoProject(router.Ferry.Home, "large").With("src/main.rs", Source("one"));
        var noise = new byte[Large];
        new Random(16).NextBytes(noise);
        File.WriteAllBytes(project.PathOf("noise"), noise);
        router.Ferry.RunIn(project.Folder, "run", "-q").ShouldExitWith(0).Output.ShouldStartWith("one ");
        File.WriteAllText(project.PathOf("src/main.rs"), Source("two and more"));

        var patched = router.Ferry.RunIn(project.Folder, "run", "-v").ShouldExitWith(0);

        patched.Output.ShouldStartWith("two and more ");
        patched.Errors.ShouldMatch(@"\bRan large on router, \d{3,5} bytes of programs sent");
        router.OnBoard("df -k /tmp | tail -1").Output.ShouldContain(" 16384 ");
        router.Ferry.Run("clean", "--all").ShouldExitWith(0).Errors.ShouldMatch(@"Freed \d+\.\d MB on 'router'");
    }

    [Fact]
    public void Forty_runner_calls_at_once_all_succeed()
    {
        pi4.RunCounterpart().ShouldExitWith(0);

        RunnerCalls.ShouldAllEndAsTheirPrograms(pi4.Ferry, RunnerCalls.Counterpart(pi4.Counterpart), [.. Enumerable.Repeat("pi4", 40)]);
    }

    private static string Source(string word) => $$"""
        static NOISE: [u8; {{Large}}] = *include_bytes!("../noise");
        fn main() { println!("{{word}} {}", NOISE.iter().step_by(4096 * std::env::args().count()).map(|byte| *byte as u64).sum::<u64>()); }
        """;
}
