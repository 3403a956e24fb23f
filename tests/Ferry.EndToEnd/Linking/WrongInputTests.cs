using Ferry.EndToEnd.Boards;
using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.Linking;

/// <summary>What must not go into a link, or is not there: said with its name, and who brought it.</summary>
public sealed class WrongInputTests(Bench bench) : IClassFixture<Bench>
{
    private const string Armv7 = "armv7-unknown-linux-gnueabihf";

    [Fact]
    public void A_library_of_another_architecture_is_named_with_what_it_is()
    {
        using var folder = new TemporaryFolder();
        Place(folder, "systems/arm64/usr/lib/aarch64-linux-gnu/libz.so.1", "libz.so");
        var result = Build(Armv7, folder.Path, "z").ShouldExitWith(101);
        result.Errors.ShouldContain($"error: 'libz.so' is an aarch64 shared library, and cannot go into a program for {Armv7}");
        result.Errors.ShouldContain("libz.so is incompatible with armelf_linux_eabi");
        result.Errors.ShouldContain("cargo:rustc-link-search");
    }

    [Fact]
    public void A_library_of_another_architecture_in_the_devices_sysroot_is_told_as_that()
    {
        using var folder = new TemporaryFolder();
        Place(folder, "systems/arm64/usr/lib/aarch64-linux-gnu/libz.so.1", "lib/libz.so");
        var sysroot = Platform.Of(Armv7).Sysroot;
        foreach (var library in Directory.GetFiles(Path.Combine(sysroot.Folder, "lib")))
        {
            File.CreateSymbolicLink(folder[Path.Combine("lib", Path.GetFileName(library))], library);
        }

        var link = LinkFolder.Make(bench.Toolchain, Armv7, sysroot with { Id = "mixed", Folder = folder.Path }, ferry: Bench.Ferry, below: bench.Links);
        var result = Build(Armv7, folder["empty"], "z", ("CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER", link.Linker)).ShouldExitWith(101);
        result.Errors.ShouldContain("error: 'libz.so' is an aarch64 shared library");
        result.Errors.ShouldContain("it lies among the libraries that were fetched from the device");
    }

    [Fact]
    public void A_library_that_passes_floating_point_numbers_elsewhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        Place(folder, "foreign/usr/arm-linux-gnueabi/lib/libutil.so.1", "libz.so");
        Build(Armv7, folder.Path, "z").ShouldExitWith(101).Errors.ShouldContain($"error: 'libz.so' is an arm soft-float shared library, and cannot go into a program for {Armv7}");
    }

    [Fact]
    public void A_library_that_is_nowhere_is_named()
    {
        var result = Build(Armv7, bench.Workspace, "nowhere").ShouldExitWith(101);
        result.Errors.ShouldContain($"error: there is no library 'nowhere' for {Armv7}");
        result.Errors.ShouldContain("unable to find library -lnowhere");
    }

    [Fact]
    public void An_undefined_symbol_is_told_in_llds_words_and_with_the_crate()
    {
        var errors = Build(Armv7, bench.Workspace, "m").ShouldExitWith(101).Errors;
        errors.ShouldContain("undefined symbol: zlibVersion");
        errors.ShouldMatch(@"note: wanted by \S+ in \S+[.]o of crate foreign_library");
    }

    [Fact]
    public void A_symbol_above_the_ceiling_is_told_with_its_version_and_who_wants_it()
    {
        var sysroot = Platform.Of(Armv7).Sysroot with { Id = "with a ceiling" };
        var link = LinkFolder.Make(bench.Toolchain, Armv7, sysroot, ferry: Bench.Ferry, below: bench.Links);
        (LinkSettings.Read(link.Root)! with { Glibc = "2.17" }).Write(link.Root);
        File.WriteAllText(Path.Combine(link.Root, "above-ceiling.txt"), "getrandom GLIBC_2.25\nzlibVersion GLIBC_2.99\n");
        var errors = Build(Armv7, bench.Workspace, "m", ("CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER", link.Linker)).ShouldExitWith(101).Errors;
        errors.ShouldContain("error: zlibVersion came with glibc 2.99, but this program is to run with glibc 2.17");
        errors.ShouldContain("of crate foreign_library");
        errors.ShouldContain("--glibc 2.99");
    }

    [Fact]
    public void A_linker_that_is_killed_is_not_taken_for_one_that_is_done()
    {
        var tools = bench.FolderOfTools("rust-lld", "#!/bin/sh\nkill -9 $$\n");
        var link = bench.Link(Armv7);
        var result = Run.Process(link.Linker, ["-o", Path.Combine(bench.Workspace, "killed"), "-nostartfiles"], environment: [new("PATH", tools + ":/bin")]);
        result.ExitCode.ShouldBe(137);
        result.Errors.ShouldContain("error: the linker was killed by SIGKILL");
    }

    private static void Place(TemporaryFolder folder, string from, string to)
    {
        var source = Path.Combine(Repository.Cache, from);
        Assert.SkipUnless(File.Exists(source), $"no {source}; ./test makes it");
        Directory.CreateDirectory(Path.GetDirectoryName(folder[to])!);
        File.Copy(source, folder[to]);
    }

    private RunResult Build(string target, string folder, string library, params (string, string?)[] environment)
    {
        var project = Path.Combine(bench.Workspace, "foreign-library");
        if (!Directory.Exists(project))
        {
            BoardSession.Copy(Bench.Cases("foreign-library"), project);
        }

        return bench.Cargo(target, ["build", "-q", "--manifest-path", Path.Combine(project, "Cargo.toml")], [("FOLDER", folder), ("LIBRARY", library), .. environment]);
    }
}
