using Ferry.Lab;

namespace Ferry.EndToEnd.Compilers;

/// <summary>A program whose build script compiles C with the cc crate: compiled by each compiler for each target, linked by Ferry, and run.</summary>
public sealed class CompilerTests(CBench bench) : IClassFixture<CBench>
{
    private const string Expected = """
        calls 1 2
        other thread 1
        root 2
        divide 1844674407370955161
        errno 2
        format C 4096 {0} 2.50
        callback 41
        caught true

        """;

    /// <summary>Each target with what can do it here.</summary>
    public static TheoryData<string, string> Pairs => new()
    {
        { "aarch64-unknown-linux-gnu", "clang" },
        { "armv7-unknown-linux-gnueabihf", "clang" },
        { "arm-unknown-linux-gnueabihf", "clang" },
        { "x86_64-unknown-linux-gnu", "clang" },
        { "aarch64-unknown-linux-musl", "clang" },
        { "armv7-unknown-linux-musleabihf", "clang" },
        { "arm-unknown-linux-musleabihf", "clang" },
        { "x86_64-unknown-linux-musl", "clang" },
        { "armv7-unknown-linux-gnueabihf", "gcc" },
        { "arm-unknown-linux-gnueabihf", "gcc" },
        { "armv7-unknown-linux-musleabihf", "gcc" },
        { "arm-unknown-linux-musleabihf", "gcc" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void C_code_is_compiled_linked_and_runs(string target, string compiler)
    {
        var device = CDevice.Of(target);
        var result = bench.Cargo(bench.Project("c-code"), device, compiler, ["run", "-q"]).ShouldExitWith(0);
        // musl's time_t has 64 bits on every architecture, glibc's on ARM only where it is asked for.
        result.Output.ShouldBe(Expected.Replace("{0}", device.Architecture == "armhf" && !device.IsMusl ? "4" : "8"));
        result.Errors.ShouldBeEmpty();
        File.ReadAllText(Path.Combine(bench.Link(device, compiler).Root, "c-compiler.txt")).ShouldStartWith(CBench.LabFolder(compiler));
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu")]
    [InlineData("armv7-unknown-linux-gnueabihf")]
    [InlineData("arm-unknown-linux-gnueabihf")]
    [InlineData("arm-unknown-linux-musleabihf")]
    [InlineData("x86_64-unknown-linux-musl")]
    public void Zig_needs_no_headers_of_the_device(string target)
    {
        Assert.SkipUnless(File.Exists(CBench.LabFolder("zig", "zig")), "no zig here; tests/lab/c zig fetches it");
        var device = CDevice.Of(target) with { HasHeaders = false };
        var result = bench.Cargo(bench.Project("c-code"), device, "zig", ["run", "-q"], ("HOME", bench.Folder)).ShouldExitWith(0);
        result.Output.ShouldContain("callback 41\ncaught true\n");
    }

    [Theory]
    [InlineData("arm-unknown-linux-gnueabihf", "clang")]
    [InlineData("arm-unknown-linux-musleabihf", "clang")]
    [InlineData("arm-unknown-linux-gnueabihf", "gcc")]
    public void Objects_for_ARMv6_are_of_ARMv6(string target, string compiler)
    {
        var device = CDevice.Of(target);
        var result = bench.Cargo(bench.Project("c-code"), device, compiler, ["build", "-q", "--release"]).ShouldExitWith(0);
        result.Errors.ShouldBeEmpty();
        var archive = Directory.GetFiles(bench.Folder, "libparts.a", SearchOption.AllDirectories).Single(file => file.Contains($"/target {compiler}/{target}/release/", StringComparison.Ordinal));
        var attributes = Run.Process("readelf", ["-A", archive]).ShouldExitWith(0).Output;
        attributes.ShouldContain("Tag_CPU_arch: v6");
        attributes.ShouldNotContain("Tag_CPU_arch: v7");
        attributes.ShouldContain("Tag_FP_arch: VFPv2");
        attributes.ShouldContain("Tag_ABI_VFP_args: VFP registers");
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "clang")]
    [InlineData("arm-unknown-linux-gnueabihf", "clang")]
    [InlineData("armv7-unknown-linux-gnueabihf", "gcc")]
    public void Cxx_code_is_compiled_against_the_devices_libstdcxx(string target, string compiler)
    {
        var result = bench.Cargo(bench.Project("c-code"), CDevice.Of(target), compiler, ["run", "-q", "--features", "cxx"]).ShouldExitWith(0);
        result.Output.ShouldEndWith("longest 5 -1\n");
    }
}
