using Ferry.Elf;
using Ferry.Elf.Stubs;
using Ferry.EndToEnd.Linking;
using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.OlderGlibc;

/// <summary>Programs linked for an older glibc than the libraries at hand: what they want, and that they run with a real old one.</summary>
public sealed class CeilingTests(LinkStore links) : IDisposable
{
    private static readonly string Rust = Path.Combine(Repository.Cache, "toolchain");
    private static readonly RustToolchain Toolchain = new(Path.Combine(Rust, "bin", "cargo"), Path.Combine(Rust, "bin", "rustc"), [], "1.85.0", "x86_64-unknown-linux-gnu", Rust);
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Systems
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var target in (string[])["aarch64-unknown-linux-gnu", "armv7-unknown-linux-gnueabihf", "x86_64-unknown-linux-gnu"])
            {
                data.Add(target, "2.17");
                data.Add(target, "2.28");
                data.Add(target, "2.31");
            }

            return data;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Systems))]
    public void A_program_runs_with_the_old_glibc_and_wants_nothing_newer(string target, string ceiling)
    {
        var system = OldSystem.Of(target);
        var program = Build(system, ceiling, "main.rs", "-Cdebuginfo=0");
        var file = ElfFile.Read(File.ReadAllBytes(program));
        var wanted = file.VersionNeeds.SelectMany(need => need.Versions.Select(version => (need.File, version.Name))).ToList();
        wanted.Where(want => GlibcVersion.IsOfFamily(want.Name)).ShouldAllBe(want => GlibcVersion.Number(want.Name) <= Version.Parse(ceiling));
        // Each symbol of the library that had it then: libpthread is not part of libc yet.
        file.Dynamic!.Needed.Where(name => !name.StartsWith("ld-linux", StringComparison.Ordinal)).ShouldBe(["libgcc_s.so.1", "libpthread.so.0", "librt.so.1", "libdl.so.2", "libc.so.6"], ignoreOrder: true, $"{ceiling}");
        wanted.ShouldContain(("libpthread.so.0", system.Oldest));
        file.DynamicSymbols.ShouldContain(symbol => symbol.Name == "pthread_create" && symbol.Version == system.Oldest);
        file.DynamicSymbols.ShouldContain(symbol => symbol.Name == "__libc_start_main" && symbol.Version == system.Oldest);
        // What std asks for only if it is there stays a question.
        file.DynamicSymbols.Where(symbol => symbol.Name == "pidfd_spawnp").ShouldAllBe(symbol => symbol.Binding == ElfSymbolBinding.Weak && symbol.Version == null);

        system.Execute(program, "a", "b").ShouldExitWith(0).Output.ShouldBe("""
            glibc 2.31
            args ["a", "b"]
            thread-local gone
            thread-local gone
            thread-local gone
            thread-local gone
            threads [0, 1, 4, 9]
            map one
            metadata true true
            stat [0, 0, 0, -1]
            unwound true
            tcp ping, names true
            spawn Ok(Some(0))
            dlopen true
            semaphores true
            environ true
            atfork 42
            slept true
            atexit

            """);
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu")]
    [InlineData("armv7-unknown-linux-gnueabihf")]
    [InlineData("x86_64-unknown-linux-gnu")]
    public void Without_a_ceiling_the_same_program_does_not_start_there(string target)
    {
        var system = OldSystem.Of(target);
        var run = system.Execute(Build(system, null, "main.rs", "-Cdebuginfo=0"));
        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("version `GLIBC_2.34' not found");
    }

    [Fact]
    public void A_shared_object_and_fat_lto_take_the_old_versions_too()
    {
        var system = OldSystem.Of("armv7-unknown-linux-gnueabihf");
        foreach (var options in (string[][])[["--crate-type=cdylib"], ["-Clto=fat", "-Copt-level=3", "-Cpanic=abort"]])
        {
            var file = ElfFile.Read(File.ReadAllBytes(Build(system, "2.28", "main.rs", options)));
            file.VersionNeeds.SelectMany(need => need.Versions).Where(version => GlibcVersion.IsOfFamily(version.Name))
                .ShouldAllBe(version => GlibcVersion.Number(version.Name) <= new Version(2, 28));
        }
    }

    [Fact]
    public void A_symbol_that_came_later_fails_the_link_and_is_on_the_list()
    {
        var system = OldSystem.Of("aarch64-unknown-linux-gnu");
        var failed = Rustc(system, "2.17", "wants-getrandom.rs", folder["never"]).ShouldExitWith(1);
        failed.Errors.ShouldContain("getrandom");
        File.Exists(folder["never"]).ShouldBeFalse();
        var link = Link(system, "2.17");
        File.ReadAllLines(Path.Combine(link.Root, OldGlibc.AboveName)).ShouldContain("getrandom GLIBC_2.25");
        LinkSettings.Read(link.Root)!.Glibc.ShouldBe("2.17");
        Rustc(system, "2.25", "wants-getrandom.rs", folder["fits"]).ShouldExitWith(0);
    }

    [Fact]
    public void Each_ceiling_is_a_link_of_its_own_and_none_is_as_before()
    {
        var system = OldSystem.Of("aarch64-unknown-linux-gnu");
        string[] roots = [Link(system, null).Root, Link(system, "2.17").Root, Link(system, "2.28").Root];
        roots.Distinct().Count().ShouldBe(3);
        LinkSettings.Read(roots[0])!.Glibc.ShouldBeNull();
        var stubs = Path.Combine(roots[1], "lib");
        Directory.GetFiles(stubs).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(6_000_000);
        Directory.GetFiles(stubs).ShouldContain(Path.Combine(stubs, "libpthread.so"));
    }

    private string Build(OldSystem system, string? ceiling, string source, params string[] options)
    {
        // As cargo lays it out: for this PC's own target the place tells the device's programs from this PC's.
        var output = Path.Combine(Directory.CreateDirectory(folder[$"{system.Target}/debug"]).FullName, $"program-{ceiling}{string.Concat(options).Replace('=', '-')}");
        Rustc(system, ceiling, source, output, options).ShouldExitWith(0);
        return output;
    }

    private RunResult Rustc(OldSystem system, string? ceiling, string source, string output, params string[] options) =>
        Run.Process(
            Toolchain.Rustc,
            ["--edition=2021", "--target", system.Target, "-Clinker=" + Link(system, ceiling).Linker, .. options, "-o", output, Repository.PathOf("tests", "Ferry.EndToEnd", "OlderGlibc", "case", source)],
            folder.Path,
            [KeyValuePair.Create<string, string?>("PATH", Path.Combine(Rust, "bin"))]);

    private LinkFolder Link(OldSystem system, string? ceiling) =>
        CargoLinking.DeviceLink(Toolchain, system.Target, system.Sysroot, Bench.Ferry, links.Folder, ceiling is null ? null : Version.Parse(ceiling));
}
