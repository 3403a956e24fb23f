using Ferry.EndToEnd.Boards;
using Ferry.Elf;
using Ferry.Elf.Instructions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Linking;

/// <summary>Programs for ARMv6 (Raspberry Pi 1 and Zero): whatever goes into the link, no newer instruction comes out of it.</summary>
public sealed class OldArmTests(Bench bench) : IClassFixture<Bench>
{
    private const string Musl = "arm-unknown-linux-musleabihf";
    private const string Gnu = "arm-unknown-linux-gnueabihf";
    private static readonly string Zlib = Path.Combine(Repository.Cache, "objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a");
    private static readonly string[] Profiles = ["dev", "release", "thin", "fat", "abort", "stripped"];

    public static TheoryData<string, string> Builds => new(from target in (string[])[Musl, Gnu] from profile in Profiles select (target, profile));

    [Theory]
    [MemberData(nameof(Builds))]
    public void A_program_is_ARMv6_in_every_instruction(string target, string profile)
    {
        bench.Cargo(target, ["build", "-q", "-p", "app", "--bin", "app", "--profile", profile]).ShouldExitWith(0);
        var program = Path.Combine(bench.TargetFolder, target, profile == "dev" ? "debug" : profile, "app");
        var code = ArmCode.Of(ElfFile.Read(File.ReadAllBytes(program)));
        if (profile != "stripped")
        {
            code.Newer.ShouldBeEmpty();
            code.Unmapped.ShouldBeEmpty();
            code.Bytes.ShouldBeGreaterThan(100_000);
        }

        if (target == Musl)
        {
            Run.Process("/usr/bin/qemu-arm", ["-cpu", "arm1176", program]).ShouldExitWith(7).Output.ShouldContain("answer 42");
        }

        Directory.EnumerateFiles(Path.Combine(bench.TargetFolder, target), "*.ferry-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Musl, "dev")]
    [InlineData(Gnu, "dev")]
    [InlineData(Musl, "stripped")]
    [InlineData(Musl, "lto")]
    public void An_ARMv7_library_that_a_build_script_brings_is_refused_and_named(string target, string profile)
    {
        var result = Checksum(target, profile).ShouldExitWith(101);
        result.Errors.ShouldContain("error: 'checksum-");
        result.Errors.ShouldContain("would die on an ARMv6 processor: code for newer ones got into it");
        result.Errors.ShouldMatch(@"crc32[.]o\) of crate zlib_sys: b with a condition \(Thumb-2\) in crc32_z, and \d+ more");
        result.Errors.ShouldContain("allow-newer-code = [\"zlib_sys\"]");
        Directory.EnumerateFiles(Path.Combine(bench.TargetFolder, target, profile == "dev" ? "debug" : profile), "checksum-*", SearchOption.AllDirectories).Where(IsElf).ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(bench.TargetFolder, target), "*.ferry-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Code_that_is_chosen_at_run_time_may_be_let_through()
    {
        Checksum(Gnu, "release", ("FERRY_ALLOW_NEWER_CODE", "other,zlib-sys")).ShouldExitWith(0);
        bench.Execute(Gnu, Path.Combine(bench.TargetFolder, Gnu, "release", "checksum")).ShouldExitWith(0).Output.ShouldBe("cbf43926\n");
    }

    [Fact]
    public void A_processor_in_RUSTFLAGS_that_is_newer_than_the_target_is_refused()
    {
        var result = bench.Cargo(Musl, ["build", "-q", "-p", "app", "--bin", "app", "--release"], ("RUSTFLAGS", "-Ctarget-cpu=cortex-a7"), ("CARGO_TARGET_DIR", Path.Combine(bench.Workspace, "for-a7"))).ShouldExitWith(101);
        result.Errors.ShouldContain("of crate app: ");
        result.Errors.ShouldContain("take target-cpu and target-feature out of RUSTFLAGS");
    }

    private RunResult Checksum(string target, string profile, params (string, string?)[] environment)
    {
        Assert.SkipUnless(File.Exists(Zlib), $"no {Zlib}; ./test makes it");
        var folder = Path.Combine(bench.Workspace, "old-arm");
        if (!Directory.Exists(folder))
        {
            BoardSession.Copy(Bench.Cases("old-arm"), folder);
        }

        return bench.Cargo(target, ["build", "-q", "--manifest-path", Path.Combine(folder, "Cargo.toml"), "--profile", profile], [("ZLIB", Zlib), .. environment]);
    }

    private static bool IsElf(string path) => Path.GetExtension(path).Length == 0 && File.ReadAllBytes(path).AsSpan().StartsWith("\u007fELF"u8);
}
