using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.Tests.Toolchain;

public sealed class RustToolchainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_rustc_says_is_remembered_until_it_changes()
    {
        var rustc = Rustc("1.85.0");
        var first = RustAnswer.KeyOf(rustc, null, folder.Path);
        RustAnswer.KeyOf(rustc, null, folder.Path).ShouldBe(first);
        RustAnswer.KeyOf(rustc, "nightly", folder.Path).ShouldNotBe(first);

        File.WriteAllText(folder["rust-toolchain.toml"], "[toolchain]\nchannel = \"beta\"\n");
        RustAnswer.KeyOf(rustc, null, Directory.CreateDirectory(folder["below"]).FullName).ShouldNotBe(first);
        var withFile = RustAnswer.KeyOf(rustc, null, folder.Path);
        withFile.ShouldNotBe(first);

        Rustc("1.86.0-beta.1");
        RustAnswer.KeyOf(rustc, null, folder.Path).ShouldNotBe(withFile);
    }

    [Fact]
    public void Std_is_there_when_its_core_is()
    {
        var rust = new RustToolchain("cargo", Rustc("1.85.0"), [], "1.85.0", "x86_64-unknown-linux-gnu", folder.Path);
        var missing = TargetStd.Find(rust, "aarch64-unknown-linux-gnu");
        missing.IsPresent.ShouldBeFalse();
        missing.Install.ShouldBeNull();
        missing.Help.ShouldContain("libstd-rust-dev:arm64");
        missing.Missing().Exit.ShouldBe(ExitCode.ToolMissing);

        var library = Directory.CreateDirectory(Path.Combine(folder.Path, "lib", "rustlib", "aarch64-unknown-linux-gnu", "lib")).FullName;
        TargetStd.Find(rust, "aarch64-unknown-linux-gnu").IsPresent.ShouldBeFalse();
        File.WriteAllText(Path.Combine(library, "libcore-0123.rlib"), "");
        TargetStd.Find(rust, "aarch64-unknown-linux-gnu").IsPresent.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/home/me/.rustup/toolchains/stable-x86_64-unknown-linux-gnu", "stable-x86_64-unknown-linux-gnu")]
    [InlineData("/usr", null)]
    [InlineData("/opt/rust", null)]
    public void A_toolchain_of_rustups_has_its_name(string sysroot, string? expected)
    {
        new RustToolchain("cargo", "rustc", [], "1.85.0", "x86_64-unknown-linux-gnu", sysroot).RustupToolchain.ShouldBe(expected);
    }

    [Fact]
    public void The_linker_that_comes_with_Rust_is_taken_first()
    {
        var rust = new RustToolchain("cargo", "rustc", [], "1.85.0", "x86_64-unknown-linux-gnu", Path.Combine(Repository.Cache, "toolchain"));
        Linker.Find(rust).ShouldEndWith("rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
        Linker.FlavorOf(Linker.Find(rust)).ShouldBe(["-flavor", "gnu"]);
        Linker.FlavorOf("/usr/bin/ld.lld-19").ShouldBeEmpty();
    }

    // A rustc that says its version, whatever it is asked.
    private string Rustc(string version)
    {
        var path = folder["rustc"];
        File.WriteAllText(path, $"#!/bin/sh\necho '{version}'\n");
        Run.Process("/bin/chmod", ["+x", path]).ShouldExitWith(0);
        return path;
    }
}
