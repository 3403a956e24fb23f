using Ferry.Lab;

namespace Ferry.EndToEnd.Compilers;

/// <summary>What a build script's output says when something is missing: each message made by really leaving it out.</summary>
public sealed class MessageTests(CBench bench) : IClassFixture<CBench>
{
    private const string Target = "aarch64-unknown-linux-gnu";

    [Fact]
    public void No_C_compiler()
    {
        var said = Fails("c-code", CDevice.Of(Target), "");
        said.ShouldContain("error: C code is to be compiled, and there is no C compiler on the PATH\n");
        said.ShouldContain("cause: looked for clang, zig, aarch64-linux-gnu-gcc\n");
        said.ShouldContain("help:  install clang (or zig), and have it on the PATH\n");
    }

    [Fact]
    public void No_C_compiler_is_no_matter_where_no_C_is_compiled()
    {
        var project = Pure();
        bench.Cargo(project, CDevice.Of(Target), "", ["run", "-q"]).ShouldExitWith(0).Output.ShouldBe("pure\n");
        File.Exists(Path.Combine(bench.Link(CDevice.Of(Target), "").Root, "c-compiler.txt")).ShouldBeFalse();
    }

    [Fact]
    public void A_compiler_that_cannot_do_the_target_is_quoted()
    {
        // gcc's own words about an architecture that is not its own: a prefixed gcc under a wrong prefix.
        var tools = Directory.CreateDirectory(Path.Combine(bench.Folder, "wrong")).FullName;
        File.CreateSymbolicLink(Path.Combine(tools, "clang"), "/bin/false");
        Tool(tools, "aarch64-linux-gnu-gcc", $"exec '{CBench.LabFolder("gcc", "bin", "arm-linux-gnueabihf-gcc")}' -march=armv8-b \"$@\"");
        var said = Fails("c-code", CDevice.Of(Target), "cannot", ("PATH", $"{tools}:{ToolPath.WithoutCompiler}"));
        said.ShouldContain($"error: no C compiler here can compile for {Target}\n");
        said.ShouldContain($"cause: {tools}/clang: ");
        said.ShouldContain($"{tools}/aarch64-linux-gnu-gcc: arm-linux-gnueabihf-gcc-12: error: unrecognized -march target: armv8-b\n");
        said.ShouldContain("or name one: CC_aarch64_unknown_linux_gnu=PATH\n");
    }

    [Fact]
    public void No_C_headers_for_the_target()
    {
        var said = Fails("c-code", CDevice.Of(Target) with { HasHeaders = false }, "clang");
        said.ShouldContain("'errno.h' file not found");
        Once(said, "error: there are no C headers for aarch64-unknown-linux-gnu: 'errno.h' was not found\n");
        said.ShouldContain("help:  ferry sysroot add pi libc6-dev\n");
    }

    [Fact]
    public void No_headers_of_musl()
    {
        var said = Fails("c-code", CDevice.Of("arm-unknown-linux-musleabihf") with { HasHeaders = false }, "clang");
        said.ShouldContain("error: there are no headers of musl for arm-unknown-linux-musleabihf: 'errno.h' was not found\n");
        said.ShouldContain("help:  ferry sysroot add pi musl-dev; or have zig on the PATH, which brings them\n");
    }

    [Fact]
    public void A_gcc_for_glibc_is_not_taken_for_musl_without_musls_headers()
    {
        var said = Fails("c-code", CDevice.Of("arm-unknown-linux-musleabihf") with { HasHeaders = false }, "gcc");
        said.ShouldContain("error: no C compiler here can compile for arm-unknown-linux-musleabihf\n");
        said.ShouldContain("arm-linux-gnueabihf-gcc: has the headers of glibc, not of musl\n");
    }

    [Theory]
    [InlineData("clang", "sqlite3.h", "libsqlite3-dev")]
    [InlineData("gcc", "sqlite3.h", "libsqlite3-dev")]
    [InlineData("clang", "alsa/asoundlib.h", "libasound2-dev")]
    [InlineData("clang", "libudev.h", "libudev-dev")]
    public void A_librarys_header_that_is_missing_names_its_package(string compiler, string header, string package)
    {
        var said = Fails(Including(header), CDevice.Of("armv7-unknown-linux-gnueabihf"), compiler);
        Once(said, $"error: the header '{header}' is not in the sysroot of device 'pi'\n");
        said.ShouldContain($"help:  ferry sysroot add pi {package}\n");
    }

    [Fact]
    public void A_header_that_nobody_knows_gets_the_general_form()
    {
        var said = Fails(Including("acme/rocket.h"), CDevice.Of(Target), "clang");
        said.ShouldContain($"error: the header 'acme/rocket.h' was not found for {Target}\n");
        said.ShouldContain("ferry sysroot add pi PACKAGE (which one says apt-file search acme/rocket.h)\n");
    }

    [Fact]
    public void No_pkg_config()
    {
        var said = Fails(Asking("zlib"), CDevice.Of(Target), "clang");
        said.ShouldContain("error: a build script asks pkg-config for a library, and there is no pkg-config on the PATH\n");
        said.ShouldContain("help:  install pkgconf, and have it on the PATH\n");
    }

    [Theory]
    [InlineData("sqlite3", "help:  ferry sysroot add pi libsqlite3-dev\n")]
    [InlineData("rocket", "help:  its -dev package brings it: ferry sysroot add pi PACKAGE (which one says apt-file search rocket.pc)\n")]
    public void A_library_without_a_pc_file_names_its_package(string name, string help)
    {
        var said = Fails(Asking(name), CDevice.Of(Target), "tools");
        Once(said, $"error: the library '{name}' is not in the sysroot of device 'pi': there is no {name}.pc\n");
        said.ShouldContain(help);
    }

    [Fact]
    public void A_static_program_is_told_that_libraries_come_as_source()
    {
        var said = Fails(Asking("zlib"), CDevice.Of("aarch64-unknown-linux-musl"), "tools");
        said.ShouldContain("error: there is no library 'zlib' for aarch64-unknown-linux-musl\n");
        said.ShouldContain("'bundled'");
    }

    [Fact]
    public void A_pkg_config_that_answers_with_folders_of_this_pc_is_an_error()
    {
        var pc = Directory.CreateDirectory(Path.Combine(bench.Folder, "pc")).FullName;
        File.WriteAllText(Path.Combine(pc, "mine.pc"), "Name: mine\nDescription: of this PC\nVersion: 1\nCflags: -I/opt/mine/include\nLibs: -L/opt/mine/lib -lmine\n");
        var said = Fails(Asking("mine"), CDevice.Of(Target), "tools", ("PKG_CONFIG_PATH_aarch64_unknown_linux_gnu", pc), ("PKG_CONFIG_SYSROOT_DIR_aarch64_unknown_linux_gnu", "/"));
        said.ShouldContain("error: pkg-config answers with a folder that is not the device's: -I/opt/mine/include\n");
        said.ShouldContain("cause: asked: pkg-config --libs --cflags mine\n");
    }

    [Fact]
    public void The_pcs_own_pc_files_are_never_read()
    {
        var pc = Directory.CreateDirectory(Path.Combine(bench.Folder, "own")).FullName;
        File.WriteAllText(Path.Combine(pc, "rocket.pc"), "Name: rocket\nDescription: of this PC\nVersion: 1\nLibs: -lrocket\n");
        Fails(Asking("rocket"), CDevice.Of(Target), "tools", ("PKG_CONFIG_PATH", pc)).ShouldContain("there is no rocket.pc\n");
    }

    [Fact]
    public void A_compiler_that_the_user_names_is_taken_as_it_is()
    {
        var tools = Directory.CreateDirectory(Path.Combine(bench.Folder, "mine")).FullName;
        var log = Path.Combine(tools, "log");
        Tool(tools, "my-cc", $"echo called >>'{log}'; exit 7");
        foreach (var name in new[] { "CC_aarch64-unknown-linux-gnu", "CC_aarch64_unknown_linux_gnu", "TARGET_CC", "CC" })
        {
            File.Delete(log);
            Environment.SetEnvironmentVariable(name, Path.Combine(tools, "my-cc"));
            try
            {
                bench.Environment(CDevice.Of(Target), "clang").Keys.ShouldNotContain(key => key == "CC_aarch64_unknown_linux_gnu");
                Fails("c-code", CDevice.Of(Target), "clang").ShouldContain("my-cc");
                File.Exists(log).ShouldBeTrue(name);
            }
            finally
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    // cargo shows a build script's warnings, and then all of its output again.
    private static void Once(string said, string line) => (said[Math.Max(0, said.IndexOf("--- stdout", StringComparison.Ordinal))..].Split(line).Length - 1).ShouldBe(1, said);

    private static void Tool(string folder, string name, string script)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        Run.Process("chmod", ["+x", file]).ShouldExitWith(0);
    }

    /// <summary>What the failing build script has said, without cargo's marks of a build script's warning.</summary>
    private string Fails(string project, CDevice device, string tools, params (string, string?)[] environment)
    {
        var folder = Path.IsPathRooted(project) ? project : bench.Project(project);
        return bench.Cargo(folder, device, tools, ["build"], environment).ShouldExitWith(101).Errors.Replace("cargo:warning=", "").Replace("  ", " ").Replace("\n ", "\n").Replace("help: ", "help:  ");
    }

    private string Pure() => CargoProject.WithProgram(bench.Folder, "pure").With("src/main.rs", "fn main() { println!(\"pure\"); }").Folder;

    private string Including(string header)
    {
        var name = "including-" + Path.GetFileNameWithoutExtension(header);
        return new CargoProject(bench.Folder, name, "[build-dependencies]\ncc = \"1\"")
            .With("build.rs", "fn main() { cc::Build::new().file(\"a.c\").compile(\"a\") }")
            .With("a.c", $"#include <{header}>\nint a;\n").With("src/main.rs", "fn main() {}").Folder;
    }

    private string Asking(string name) =>
        new CargoProject(bench.Folder, "asking-" + name, "[build-dependencies]\npkg-config = \"0.3\"")
            .With("build.rs", $"fn main() {{ if let Err(e) = pkg_config::probe_library(\"{name}\") {{ eprintln!(\"{{e}}\"); std::process::exit(1) }} }}")
            .With("src/main.rs", "fn main() {}").Folder;
}
