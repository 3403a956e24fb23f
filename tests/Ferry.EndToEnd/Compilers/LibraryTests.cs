using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Compilers;

/// <summary>Crates that bring C code, and C libraries of the device: what their build scripts read is what Ferry sets.</summary>
public sealed class LibraryTests(CBench bench) : IClassFixture<CBench>
{
    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "clang")]
    [InlineData("armv7-unknown-linux-gnueabihf", "gcc")]
    [InlineData("arm-unknown-linux-musleabihf", "clang")]
    public void PCRE2_from_source_by_the_cc_crate(string target, string compiler)
    {
        var result = bench.Cargo(bench.Project("pcre2"), CDevice.Of(target), compiler, ["run", "-q", "--release"], ("PCRE2_SYS_STATIC", "1")).ShouldExitWith(0);
        result.Output.ShouldBe("jit 0 groups 2 at [3, 7, 3, 5]\n");
        Needed(target, compiler, "pcre2-program").ShouldNotContain("pcre2");
    }

    [Fact]
    public void PCRE2_of_the_device_by_the_pkg_config_crate()
    {
        var target = "aarch64-unknown-linux-gnu";
        bench.Cargo(bench.Project("pcre2"), CDevice.Of(target), "tools", ["run", "-q", "--release"]).ShouldExitWith(0).Output.ShouldBe("jit 0 groups 2 at [3, 7, 3, 5]\n");
        Needed(target, "tools", "pcre2-program").ShouldContain("[libpcre2-8.so.0]");
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu")]
    [InlineData("arm-unknown-linux-gnueabihf")]
    [InlineData("arm-unknown-linux-musleabihf")]
    public void Zlib_from_source_by_cmake(string target)
    {
        var source = Path.Combine(bench.Folder, "zlib for " + target); // cmake renames a file of it
        BoardSession.Copy(CBench.LabFolder("zlib"), source);
        var result = bench.Cargo(bench.Project("zlib"), CDevice.Of(target), "clang tools", ["run", "-q", "--release"], ("ZLIB_SOURCE", source)).ShouldExitWith(0);
        result.Output.ShouldBe("zlib 1.2.13 same true smaller true\n");
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "clang")]
    [InlineData("armv7-unknown-linux-gnueabihf", "gcc")]
    public void OpenSSL_of_the_device(string target, string compiler)
    {
        var result = bench.Cargo(bench.Project("tls"), CDevice.Of(target), compiler + " tools", ["run", "-q"]).ShouldExitWith(0);
        result.Output.ShouldBe("OpenSSL\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\ntls context true\n");
        Needed(target, compiler + " tools", "tls-program", "debug").ShouldContain("[libcrypto.so.3]");
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", 16, 8)]
    [InlineData("armv7-unknown-linux-gnueabihf", 16, 4)]
    public void Libgpiod_of_the_device_with_its_header_read_by_bindgen(string target, int size, int word)
    {
        // libclang is unpacked, not installed: neither it nor what it needs is where the loader looks.
        (string, string?)[] libclang = [("LIBCLANG_PATH", CBench.LabFolder("clang", "usr", "lib", "llvm-19", "lib")), ("LD_LIBRARY_PATH", CBench.LabFolder("clang", "usr", "lib", "x86_64-linux-gnu"))];
        var result = bench.Cargo(bench.Project("gpio"), CDevice.Of(target), "clang tools", ["run", "-q"], libclang).ShouldExitWith(0);
        result.Output.ShouldBe($"gpiod true\nno chip true\npointers of {size} bytes, here {word}\n");
    }

    private string Needed(string target, string tools, string program, string profile = "release") =>
        Run.Process("readelf", ["-d", Path.Combine(bench.Folder, "target " + tools, target, profile, program)]).ShouldExitWith(0).Output;
}
