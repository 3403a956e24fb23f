using Ferry.Elf;
using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>Who in a program wants the symbol that a device's libraries lack: seen in its code, through the stubs that the linker made.</summary>
public class SymbolUserTests
{
    private const string Source = """
        #![no_std]
        extern "C" { fn arc4random() -> u32; fn getpid() -> u32; }
        #[no_mangle] #[inline(never)] pub extern "C" fn other() -> u32 { unsafe { getpid() + 2 } }
        #[no_mangle] #[inline(never)] pub extern "C" fn draw() -> u32 { unsafe { arc4random() + 1 } }
        #[no_mangle] pub extern "C" fn main() -> u32 { other() + draw() }
        """;

    [Theory]
    [InlineData("aarch64-unknown-linux-musl", "arm64", "aarch64-linux-gnu", "pi4-arm64", "generic")]
    [InlineData("armv7-unknown-linux-musleabihf", "armhf", "arm-linux-gnueabihf", "pi3-armhf-under-64-bit-kernel", "thumb")]
    [InlineData("armv7-unknown-linux-gnueabihf", "armhf", "arm-linux-gnueabihf", "pi3-armhf-under-64-bit-kernel", "arm")]
    public void The_function_that_wants_a_missing_version_is_named(string target, string system, string folder, string report, string state)
    {
        var libc = Path.Combine(Repository.Cache, "systems", system, "usr/lib", folder, "libc.so.6");
        Assert.SkipUnless(File.Exists(libc), $"no {libc}; ./test makes it");
        var linker = Directory.EnumerateFiles(Path.Combine(Repository.Cache, "toolchain", "lib", "rustlib"), "rust-lld", SearchOption.AllDirectories).FirstOrDefault();
        Assert.SkipUnless(linker is not null, "no rust-lld; ./test makes it");
        using var work = new TemporaryFolder();
        string[] mode = state switch { "thumb" => ["-C", "target-feature=+thumb-mode"], "arm" => ["-C", "target-feature=-thumb-mode"], _ => [] };
        File.WriteAllBytes(work["main.o"], Built.Bytes(target, Source, ["--crate-type", "lib", "--emit=obj", "-C", "panic=abort", "-O", .. mode]));
        var loader = system == "arm64" ? "/lib/ld-linux-aarch64.so.1" : "/lib/ld-linux-armhf.so.3";
        Run.Process(linker!, ["-flavor", "gnu", "-pie", "-e", "main", "-dynamic-linker", loader, work["main.o"], libc, "-o", work["app"]]).ShouldExitWith(0);

        var facts = LibraryFacts.Of("libc.so.6", ElfFile.Read(File.ReadAllBytes(libc)));
        var older = facts with { Versions = [.. facts.Versions.Where(version => version != "GLIBC_2.36")] };
        var device = new DeviceFacts { Name = "pi", Profile = Cases.Profile(report), Libraries = new Dictionary<string, LibraryFacts> { ["libc.so.6"] = older }, Readable = name => $"<{name}>" };
        var finding = ProgramCheck.Of(ElfFile.Read(File.ReadAllBytes(work["app"])), "app", device).Single(one => one.Id == "symbol-version");
        finding.Cause.ShouldBe("symbol arc4random@GLIBC_2.36, wanted in <draw>");
    }
}
