using Ferry.Lab;

namespace Ferry.EndToEnd.OlderGlibc;

/// <summary>A symbol version that a device lacks is told with the object that wants it: here a member of an archive that a build script brought.</summary>
public sealed class SymbolOriginTests(OldDevice old) : IClassFixture<OldDevice>
{
    private const string BuildScript = """
        fn main() {
            let out = std::env::var("OUT_DIR").unwrap();
            std::fs::copy("libfoo.a", format!("{out}/libfoo.a")).unwrap();
            println!("cargo:rustc-link-search=native={out}");
            println!("cargo:rustc-link-lib=static=foo");
        }
        """;

    [Fact]
    public void The_refusal_and_the_page_name_the_member_of_the_archive_and_its_crate()
    {
        var project = With("wants", ("parse", "unsigned arc4random(void);\nunsigned parse(void) { return arc4random() | 1; }\n"), ("idle", "unsigned arc4random(void);\nunsigned idle(void) { return arc4random(); }\n"));
        var refused = old.Ferry.RunIn(project.Folder, "run", "-q", "--on", "emulator", "--glibc", "2.36").ShouldExitWith(125);
        refused.Errors.ShouldContain("error: 'wants' needs GLIBC_2.36, but device 'emulator' has 2.30");
        refused.Errors.ShouldMatch(@"cause: symbol arc4random@GLIBC_2[.]36.*; wanted by libfoo[.]a\(parse[.]o\) of crate wants");
        old.Ferry.RunIn(project.Folder, "inspect", "target/aarch64-unknown-linux-gnu/debug/wants", "--on", "emulator").ShouldExitWith(5)
            .Output.ShouldMatch(@"will not start: 'wants' needs GLIBC_2[.]36, but device 'emulator' has 2[.]30\ncause: .*wanted by libfoo[.]a\(parse[.]o\) of crate wants");
    }

    [Fact]
    public void A_symbol_that_nothing_defines_is_told_with_them_as_well()
    {
        var project = With("lacks", ("parse", "unsigned defined_nowhere(void);\nunsigned parse(void) { return defined_nowhere(); }\n"));
        var errors = old.Ferry.RunIn(project.Folder, "build", "-q", "--on", "emulator").ShouldExitWith(101).Errors;
        errors.ShouldContain("undefined symbol: defined_nowhere");
        errors.ShouldContain("note: wanted by parse in libfoo.a(parse.o) of crate lacks\n");
    }

    /// <summary>A program that calls parse() of libfoo.a, whose first member nobody calls.</summary>
    private CargoProject With(string name, params (string Name, string Source)[] members)
    {
        var project = new CargoProject(old.Ferry.Home, name).With("build.rs", BuildScript).With("src/main.rs", "extern \"C\" { fn parse() -> u32; }\nfn main() { println!(\"{}\", unsafe { parse() }); }\n");
        foreach (var member in members)
        {
            project.With(member.Name + ".c", member.Source);
            Run.Process("/usr/bin/clang", ["--target=aarch64-linux-gnu", "-O1", "-c", member.Name + ".c"], project.Folder).ShouldExitWith(0);
        }

        Run.Process("/usr/bin/llvm-ar", ["rcs", "libfoo.a", .. members.Select(member => member.Name + ".o").Order(StringComparer.Ordinal)], project.Folder).ShouldExitWith(0);
        return project;
    }
}
