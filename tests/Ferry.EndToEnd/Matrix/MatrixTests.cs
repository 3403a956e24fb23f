using System.Runtime.Versioning;
using Ferry.Elf;
using Ferry.Elf.Instructions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Matrix;

/// <summary>One program, that uses what programs use, for every target and in every way to build it; and the page that says so.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MatrixTests(MatrixBench bench) : IClassFixture<MatrixBench>
{
    public static TheoryData<string, string> Combinations =>
        [.. MatrixTarget.All.SelectMany(target => target.Builds.Select(build => (target.Triple, build.Title)))];

    public static TheoryData<string, string> OldArm =>
        [.. from target in MatrixTarget.All where target.IsOldArm from build in target.Builds select (target.Triple, build.Title)];

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_program_runs(string triple, string build)
    {
        var run = bench.Run(MatrixTarget.All.Single(target => target.Triple == triple), MatrixBuild.All.Single(one => one.Title == build));
        run.Checks.Count.ShouldBe(12);
        run.Checks.ShouldAllBe(check => check.Value == "ok" || check.Value.StartsWith("ok "));
        // Where there may be more than one outcome, it is the best that the target has.
        run.Checks["unwind-c"].ShouldBe(build.Contains("abort") ? "ok called, a panic aborts" : "ok");
        run.Checks["plugin"].ShouldBe(build == "cdylib" ? "ok linked" : "ok not asked for");
        run.Checks["file-time"].ShouldBe(run.Target is { IsStatic: true, IsArm32: true } ? "ok 2038" : "ok 2106");
        run.Checks["atomic64"].ShouldBe(triple.StartsWith("armv5te") ? "ok this target has none" : "ok");
    }

    [Theory]
    [MemberData(nameof(OldArm))]
    public void A_program_for_an_ARMv6_holds_no_newer_instruction(string triple, string build)
    {
        var (target, kind) = (MatrixTarget.All.Single(target => target.Triple == triple), MatrixBuild.All.Single(one => one.Title == build));
        bench.Run(target, kind);
        var code = ArmCode.Of(ElfFile.Read(File.ReadAllBytes(MatrixBench.ProgramOf(target, kind))));
        code.Bytes.ShouldBeGreaterThan(100_000);
        code.Unmapped.ShouldBeEmpty();
        code.Newer.ShouldBeEmpty();
    }

    [Fact]
    public void The_reference_says_what_ran_where() =>
        Snapshot.Compare(Repository.PathOf("docs", "reference", "targets.md"), MatrixPage.Of([.. MatrixTarget.All.SelectMany(target => target.Builds.Select(build => bench.Run(target, build)))]));
}
