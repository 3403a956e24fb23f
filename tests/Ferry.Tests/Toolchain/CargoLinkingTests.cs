using Ferry.Toolchain;

namespace Ferry.Tests.Toolchain;

public class CargoLinkingTests
{
    [Fact]
    public void The_environment_of_cargo_has_the_linker_and_a_runner_without_blanks()
    {
        var rust = new RustToolchain("cargo", "rustc", [], "1.85.0", "x86_64-unknown-linux-gnu", "/rust");
        var link = new LinkFolder("armv7-unknown-linux-gnueabihf", "/links/armv7-1");
        var plain = CargoLinking.Environment(rust, link, "/home/me/ferry-runner", hasCompiler: true);
        plain["CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER"].ShouldBe(link.Linker);
        plain["CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_RUNNER"].ShouldBe("/home/me/ferry-runner");
        plain.Keys.ShouldNotContain("PATH");

        var blank = CargoLinking.Environment(rust, link, "/home/my self/ferry-runner", hasCompiler: true);
        blank["CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_RUNNER"].ShouldBe("ferry-runner");
        blank["PATH"].ShouldNotBeNull().ShouldStartWith("/home/my self" + Path.PathSeparator);
    }
}
