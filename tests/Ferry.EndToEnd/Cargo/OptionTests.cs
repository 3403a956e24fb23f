using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Cargo;

/// <summary>cargo's own options, which Ferry passes on as they are: on a workspace, and on the emulator.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OptionTests(OptionTests.Session session) : IClassFixture<OptionTests.Session>
{
    [Theory]
    [InlineData("--bin main-one", "main-one debug\n")]
    [InlineData("--bin=main-two", "main-two debug\n")]
    [InlineData("--bin main-one --release", "main-one release\n")]
    [InlineData("-r --bin main-one", "main-one release\n")]
    [InlineData("--bin main-one --profile small", "main-one release\n")]
    [InlineData("--example shown", "shown debug\n")]
    [InlineData("-p second", "second debug\n")]
    [InlineData("--package=second --features loud", "SECOND debug\n")]
    [InlineData("-p second -F loud -j1 --locked", "SECOND debug\n")]
    [InlineData("-p second --all-features --color never", "SECOND debug\n")]
    public void They_mean_what_they_mean_to_cargo(string options, string output) => Runs(options.Split(' '), output);

    [Fact]
    public void Another_folder_s_manifest() =>
        session.Ferry.RunIn(session.Ferry.Home, "run", "-q", "--on", "emulator", "--manifest-path", Path.Combine(session.Root, "second", "Cargo.toml")).ShouldExitWith(0).Output.ShouldBe("second debug\n");

    [Fact]
    public void A_target_folder_with_a_blank_and_letters_of_its_own()
    {
        var folder = Path.Combine(session.Ferry.Home, "Ausgabe für alle");
        Runs(["--bin", "main-one", "--target-dir", folder], "main-one debug\n");
        File.Exists(Path.Combine(folder, "aarch64-unknown-linux-gnu", "debug", "main-one")).ShouldBeTrue();
    }

    [Fact]
    public void Quiet_is_quiet_and_verbose_shows_the_commands()
    {
        session.Run("run", "-q", "-p", "second").ShouldExitWith(0).Errors.ShouldBeEmpty();
        var verbose = session.Run("run", "-v", "-p", "second").ShouldExitWith(0);
        verbose.Output.ShouldBe("second debug\n");
        verbose.Errors.ShouldContain("cargo run --target aarch64-unknown-linux-gnu --verbose -p second");
    }

    [Fact]
    public void Every_kind_of_target_is_built()
    {
        session.Run("build", "--workspace", "--all-targets").ShouldExitWith(0);
        session.Run("build", "--workspace", "--all-targets", "--message-format", "short").ShouldExitWith(0);
        var deps = Path.Combine(session.Root, "target", "aarch64-unknown-linux-gnu", "debug");
        foreach (var program in new[] { "main-one", "main-two", "second", "examples/shown" })
        {
            File.Exists(Path.Combine(deps, program)).ShouldBeTrue(program);
        }
    }

    [Fact]
    public void A_program_that_is_linked_to_a_dylib_of_the_workspace_is_built_and_runs()
    {
        session.Run("build", "-p", "uses-shared").ShouldExitWith(0);
        Runs(["-p", "uses-shared"], "shared\n");
    }

    [Fact]
    public void A_toolchain_with_a_plus_reaches_rustc_and_cargo()
    {
        var proxies = Directory.CreateDirectory(Path.Combine(session.Ferry.Home, "proxies")).FullName;
        var calls = Path.Combine(proxies, "calls");
        foreach (var tool in new[] { "rustc", "cargo" })
        {
            var file = Path.Combine(proxies, tool);
            File.WriteAllText(file, $"#!/bin/sh\ncase $1 in +*) echo \"{tool} $1\" >> '{calls}'; shift ;; esac\nexec '{ToolPath.Toolchain}/bin/{tool}' \"$@\"\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        session.Ferry.Environment["PATH"] = $"{proxies}:{ToolPath.WithoutRust}";
        Runs(["+pinned", "-p", "second"], "second debug\n");
        session.Ferry.Environment.Remove("PATH");
        File.ReadAllLines(calls).Distinct().ShouldBe(["rustc +pinned", "cargo +pinned"], ignoreOrder: true);
        session.Run("run", "+pinned").ShouldExitWith(125).Errors.ShouldContain("help:  rustup toolchain install pinned");
    }

    [Fact]
    public void A_dry_run_shows_the_plan_and_builds_nothing()
    {
        var target = Path.Combine(session.Ferry.Home, "untouched");
        session.Ferry.Environment["CARGO_TARGET_DIR"] = target;
        var result = session.Run("run", "--dry-run", "--bin", "main-one", "--env", "A=1");
        session.Ferry.Environment.Remove("CARGO_TARGET_DIR");
        result.ShouldExitWith(0).Output.ShouldMatch("target +aarch64-unknown-linux-gnu");
        result.Output.ShouldContain("run --target aarch64-unknown-linux-gnu --bin main-one");
        Directory.Exists(target).ShouldBeFalse();
    }

    private void Runs(string[] options, string output)
    {
        var result = session.Run(["run", "-q", .. options]);
        result.Output.ShouldBe(output, result.ToString());
        result.ExitCode.ShouldBe(0);
    }

    public sealed class Session : IDisposable
    {
        private const string Say = "println!(\"{} {}\", env!(\"CARGO_BIN_NAME\"), if cfg!(debug_assertions) { \"debug\" } else { \"release\" })";

        public Session()
        {
            Root = Path.Combine(Ferry.Home, "workspace");
            Write("Cargo.toml", "[workspace]\nmembers = [\"first\", \"second\", \"shared\", \"uses-shared\"]\nresolver = \"2\"\n[profile.small]\ninherits = \"release\"\nopt-level = \"z\"\n");
            Package("first", "");
            Write("first/src/bin/main-one.rs", $"fn main() {{ {Say} }}");
            Write("first/src/bin/main-two.rs", $"fn main() {{ {Say} }}");
            Write("first/examples/shown.rs", Say.Replace("env!(\"CARGO_BIN_NAME\")", "\"shown\"").Insert(0, "fn main() { ") + " }");
            Write("first/tests/whole.rs", "#[test]\nfn whole() {}");
            Write("first/benches/fast.rs", "fn main() {}");
            Package("second", "[features]\nloud = []\n");
            Write("second/src/main.rs", $"fn main() {{ if cfg!(feature = \"loud\") {{ {Say.Replace("env!(\"CARGO_BIN_NAME\")", "\"SECOND\"")} }} else {{ {Say} }} }}");
            Package("shared", "[lib]\ncrate-type = [\"dylib\"]\n");
            Write("shared/src/lib.rs", "pub fn name() -> &'static str { \"shared\" }");
            Package("uses-shared", "[dependencies]\nshared = { path = \"../shared\" }\n");
            Write("uses-shared/src/main.rs", "fn main() { println!(\"{}\", shared::name()) }");
        }

        public FerryTool Ferry { get; } = new();

        public string Root { get; }

        public RunResult Run(params string[] words) => Ferry.RunIn(Root, [words[0], "--on", "emulator", .. words[1..]]);

        public void Dispose() => Ferry.Dispose();

        private void Package(string name, string manifest) =>
            Write($"{name}/Cargo.toml", $"[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{manifest}");

        private void Write(string path, string text)
        {
            var file = Path.Combine(Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
