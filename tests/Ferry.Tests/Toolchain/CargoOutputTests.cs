using Ferry.Toolchain;

namespace Ferry.Tests.Toolchain;

public class CargoOutputTests
{
    private const string Triple = "x86_64-unknown-linux-gnu";

    [Theory]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/debug/deps/app-0123456789abcdef", true)]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/release/examples/hello-0123", true)]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/debug/deps/libplugin.so", true)]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/debug/build/app/0123/out/app", true)]
    [InlineData("target/x86_64-unknown-linux-gnu/debug/deps/app", true)]
    [InlineData("/w/target/debug/deps/libmacros-0123.so", false)]
    [InlineData("/w/target/debug/build/app-0123/build_script_build-0123", false)]
    [InlineData("/w/target/x86_64-unknown-linux-gnu/debug/build/app/0123/out/build_script_build", false)]
    [InlineData("/toolchains/x86_64-unknown-linux-gnu/src/some/where/deep/w/target/debug/deps/libmacros.so", false)]
    public void Cargo_says_by_the_folder_for_whom_a_file_is(string output, bool isForDevice)
    {
        CargoOutput.IsForDevice([new("a.o", false, "a.o"), new("-o", false, "-o"), new(output, false, output)], Triple).ShouldBe(isForDevice);
    }
}
