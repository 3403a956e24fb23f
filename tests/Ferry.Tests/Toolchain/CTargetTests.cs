using Ferry.Devices;
using Ferry.Toolchain.Compilers;

namespace Ferry.Tests.Toolchain;

public class CTargetTests
{
    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "aarch64-linux-gnu", "", "aarch64-linux-gnu", "aarch64")]
    [InlineData("armv7-unknown-linux-gnueabihf", "armv7-unknown-linux-gnueabihf", "arm-linux-gnueabihf", "-march=armv7-a -mfpu=vfpv3-d16 -mfloat-abi=hard", "arm-linux-gnueabihf", "armv7l")]
    [InlineData("arm-unknown-linux-gnueabihf", "armv6-unknown-linux-gnueabihf", "arm-linux-gnueabihf", "-march=armv6 -marm -mfpu=vfp -mfloat-abi=hard", "arm-linux-gnueabihf", "armv6l")]
    [InlineData("arm-unknown-linux-musleabihf", "armv6-unknown-linux-musleabihf", "arm-linux-musleabihf", "-march=armv6 -marm -mfpu=vfp -mfloat-abi=hard", "arm-linux-musleabihf", "armv6l")]
    [InlineData("arm-unknown-linux-musleabi", "armv6-unknown-linux-musleabi", "arm-linux-musleabi", "-march=armv6 -marm -mfloat-abi=soft", "arm-linux-musleabi", "armv6l")]
    [InlineData("x86_64-unknown-linux-musl", "x86_64-unknown-linux-musl", "x86_64-linux-musl", "", "x86_64-linux-musl", "x86_64")]
    [InlineData("loongarch64-unknown-linux-gnu", "loongarch64-unknown-linux-gnu", "loongarch64-linux-gnu", "", "loongarch64-linux-gnu", "loongarch64")]
    public void A_target_in_the_words_of_C_compilers(string triple, string clang, string zig, string machine, string folder, string processor)
    {
        var target = CTarget.Of(triple);
        target.Clang.ShouldBe(clang);
        target.Zig.ShouldBe(zig);
        string.Join(' ', target.Machine).ShouldBe(machine);
        target.Folder.ShouldBe(folder);
        target.Prefixes.ShouldContain(folder);
        target.Processor.ShouldBe(processor);
        target.IsMusl.ShouldBe(triple.Contains("musl"));
    }

    [Fact]
    public void Every_target_that_Ferry_builds_for_is_in_the_table() =>
        Targets.All.Where(target => target.HasStd).Select(target => target.Triple.Split('-')[0]).ShouldAllBe(architecture => CArchitecture.All.Any(row => row.Rust == architecture));

    [Fact]
    public void A_build_scripts_own_options_win_over_the_machines_and_nothing_wins_over_the_target()
    {
        var line = new CCompiler("/clang", CompilerKind.Clang).Line(CTarget.Of("arm-unknown-linux-gnueabihf"), headers: null, "", cxx: false, ["--target=arm-unknown-linux-gnueabihf", "-mfpu=neon", "-c", "--", "-a.c"]);
        line.ShouldBe(["/clang", "-march=armv6", "-marm", "-mfpu=vfp", "-mfloat-abi=hard", "--target=arm-unknown-linux-gnueabihf", "-mfpu=neon", "-c", "--target=armv6-unknown-linux-gnueabihf", "-nostdlibinc", "--", "-a.c"]);
    }

    [Fact]
    public void Zig_is_told_the_processor_in_its_own_words()
    {
        var line = new CCompiler("/zig", CompilerKind.Zig).Line(CTarget.Of("arm-unknown-linux-musleabihf"), headers: null, "", cxx: true, ["--target=arm-unknown-linux-musleabihf", "-march=armv6", "-mfpu=vfp", "-c", "a.cpp"]);
        line.ShouldBe(["/zig", "c++", "-fno-sanitize=undefined", "-c", "a.cpp", "-target", "arm-linux-musleabihf", "-mcpu=arm1176jzf_s"]);
    }

    [Theory]
    [InlineData("/x/arm-linux-gnueabihf-gcc", "/x/arm-linux-gnueabihf-g++")]
    [InlineData("/x/arm-linux-gnueabihf-gcc-12", "/x/arm-linux-gnueabihf-g++-12")]
    [InlineData("/gcc-12/bin/cc", "/gcc-12/bin/c++")]
    public void A_gcc_for_Cxx_lies_beside_the_one_for_C(string gcc, string cxx) =>
        new CCompiler(gcc, CompilerKind.Gcc).Cxx.ShouldBe(cxx);
}
