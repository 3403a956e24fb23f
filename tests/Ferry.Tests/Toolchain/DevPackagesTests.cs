using Ferry.Toolchain.Compilers;

namespace Ferry.Tests.Toolchain;

public class DevPackagesTests
{
    private static readonly BuildToolSettings Glibc = new("aarch64-unknown-linux-gnu", "x86_64-unknown-linux-gnu", "/sysroot", "/rust/lib", "pi4");

    [Theory]
    [InlineData("stdio.h", "libc6-dev")]
    [InlineData("sys/socket.h", "libc6-dev")]
    [InlineData("sys/capability.h", "libcap-dev")]
    [InlineData("linux/spi/spidev.h", "linux-libc-dev")]
    [InlineData("openssl/ssl.h", "libssl-dev")]
    [InlineData("bluetooth/bluetooth.h", "libbluetooth-dev")]
    [InlineData("libusb-1.0/libusb.h", "libusb-1.0-0-dev")]
    [InlineData("string_view", "libstdc++-12-dev")]
    [InlineData("config.h", null)]
    [InlineData("acme/config", null)]
    public void A_header_and_its_package(string header, string? package) => DevPackages.OfHeader(header).ShouldBe(package);

    [Theory]
    [InlineData("a.c:1:10: fatal error: 'openssl/ssl.h' file not found\n", "the header 'openssl/ssl.h' is not in the sysroot of device 'pi4'", "ferry sysroot add pi4 libssl-dev")]
    [InlineData("In file included from b.c:2:\na.c:1:10: fatal error: zlib.h: No such file or directory\n", "the header 'zlib.h' is not in the sysroot of device 'pi4'", "ferry sysroot add pi4 zlib1g-dev")]
    [InlineData("a.c:1:10: fatal error: 'stdio.h' file not found\n", "there are no C headers for aarch64-unknown-linux-gnu: 'stdio.h' was not found", "ferry sysroot add pi4 libc6-dev")]
    public void What_a_compiler_says_of_a_missing_header_is_understood(string words, string message, string help)
    {
        var error = MissingHeader.In(words, Glibc).ShouldNotBeNull();
        error.Message.ShouldBe(message);
        error.Help.ShouldBe(help);
    }

    [Theory]
    [InlineData("a.c:1:1: error: unknown type name 'x'\n")]
    [InlineData("clang: error: no such file or directory: 'a.c'\n")]
    public void Other_words_are_left_alone(string words) => MissingHeader.In(words, Glibc).ShouldBeNull();

    [Theory]
    [InlineData("Package openssl was not found in the pkg-config search path.\nPerhaps you should add the directory containing `openssl.pc'\nto the PKG_CONFIG_PATH environment variable\nPackage 'openssl', required by 'virtual:world', not found\n", "ferry sysroot add pi4 libssl-dev")]
    [InlineData("No package 'libgpiod' found\nPackage 'libgpiod', required by 'virtual:world', not found\n", "ferry sysroot add pi4 libgpiod-dev")]
    public void What_pkg_config_says_of_a_missing_library_is_understood(string words, string help) =>
        MissingPcFile.In(words, Glibc).ShouldNotBeNull().Help.ShouldBe(help);
}
