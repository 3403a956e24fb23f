using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Cargo;

/// <summary><c>ferry init</c>: plain cargo does what <c>ferry run</c> does, and neither builds again what the other has built.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class InitTests(InitTests.Session session) : IClassFixture<InitTests.Session>
{
    private const string Target = "aarch64-unknown-linux-gnu";

    [Fact]
    public void Plain_cargo_runs_and_tests_on_the_device_and_nothing_is_built_twice()
    {
        var project = session.Project("both").With("src/lib.rs", "#[test]\nfn on_device() { println!(\"tested on {}\", std::env::consts::ARCH); }\n");
        session.Init(project).ShouldExitWith(0).Errors.ShouldContain("keep it out of git");

        var first = session.Cargo(project, "run").ShouldExitWith(0);
        first.Output.ShouldBe("both runs on aarch64\n");
        first.Errors.ShouldContain("Compiling both");
        session.Ferry.RunIn(project.Folder, "run", "--on", "emulator").ShouldExitWith(0).Errors.ShouldNotContain("Compiling");
        session.Ferry.RunIn(project.Folder, "test", "--on", "emulator").ShouldExitWith(0).Errors.ShouldContain("Compiling");
        var tested = session.Cargo(project, "test", "--", "--nocapture").ShouldExitWith(0);
        tested.Output.ShouldContain("tested on aarch64");
        tested.Errors.ShouldNotContain("Compiling");
    }

    [Fact]
    public void What_the_program_ends_with_is_what_cargo_ends_with() =>
        session.Cargo(session.Initialized("ending"), "run", "-q", "--", "exit", "7").ExitCode.ShouldBe(7);

    [Fact]
    public void Arguments_reach_the_program_as_they_were_typed() =>
        session.Cargo(session.Initialized("arguments"), "run", "-q", "--", "--release", "a b", "", "$HOME", "it's").ShouldExitWith(0)
            .Output.ShouldBe("arguments runs on aarch64\n[--release]\n[a b]\n[]\n[$HOME]\n[it's]\n");

    [Fact]
    public void Each_program_is_itself_and_not_the_last_one_that_was_sent()
    {
        var project = session.Initialized("several").With("src/bin/other.rs", "fn main() { println!(\"other, {}\", std::env::args().next().unwrap().rsplit('/').next().unwrap()); }\n");
        session.Cargo(project, "run", "-q", "--bin", "other").ShouldExitWith(0).Output.ShouldBe("other, other\n");
        session.Cargo(project, "run", "-q", "--bin", "several").ShouldExitWith(0).Output.ShouldBe("several runs on aarch64\n");
    }

    [Fact]
    public void It_says_what_it_writes_writes_it_once_and_a_dry_run_writes_nothing()
    {
        var project = session.Project("once").With(".cargo/config.toml", "# mine\n[build]\njobs = 3\n");
        var before = project.State();
        session.Init(project, "--dry-run").ShouldExitWith(0).Errors.ShouldContain("+ target = \"" + Target + "\" # by ferry init\n");
        project.State().ShouldBe(before);

        session.Init(project).ShouldExitWith(0).Errors.ShouldContain("/ferry-linker\" # by ferry init\n");
        var written = project.State();
        written.ShouldContain("# mine\n[build]\ntarget = \"" + Target + "\" # by ferry init\njobs = 3\n");
        session.Init(project).ShouldExitWith(0).Errors.ShouldContain("it says all of it already");
        project.State().ShouldBe(written);
    }

    [Fact]
    public void The_settings_of_a_template_are_named_and_stay()
    {
        var project = session.Project("template").With(".cargo/config.toml", "[target.aarch64-unknown-linux-gnu]\nlinker = \"aarch64-linux-gnu-gcc\"\nrunner = \"./bld-deploy-remote.py -t -r --source\"\n");
        var before = project.State();
        var result = session.Init(project).ShouldExitWith(1).Errors;
        result.ShouldContain("target.aarch64-unknown-linux-gnu.linker is 'aarch64-linux-gnu-gcc'");
        result.ShouldContain("target.aarch64-unknown-linux-gnu.runner is './bld-deploy-remote.py -t -r --source'");
        project.State().ShouldBe(before);
    }

    [Fact]
    public void Where_cargo_cannot_join_its_files_any_more_the_file_is_put_back()
    {
        var home = Directory.CreateDirectory(Path.Combine(session.Ferry.Home, "cargo-home")).FullName;
        File.WriteAllText(Path.Combine(home, "config.toml"), $"[target.{Target}]\nrunner = [\"qemu-aarch64\", \"-L\", \"/nowhere\"]\n");
        var project = session.Project("joined");
        var before = project.State();
        session.Ferry.Environment["CARGO_HOME"] = home;
        try
        {
            session.Init(project).ShouldExitWith(1).Errors.ShouldContain("it was put back as it was");
        }
        finally
        {
            session.Ferry.Environment.Remove("CARGO_HOME");
        }

        project.State().ShouldBe(before);
    }

    [Fact]
    public void Vs_code_s_files_are_completed_shown_and_written_once()
    {
        var project = session.Project("editor").With(".vscode/launch.json", "{\n\t// mine\n\t\"configurations\": [],\n}\n");
        string[] words = ["init", "--vscode", "--editor-debugger", "codelldb", "--editor-debugger", "gdb-dap"];
        var before = project.State();
        session.Ferry.RunIn(project.Folder, [.. words, "--dry-run"]).ShouldExitWith(0).Errors.ShouldContain("+ \t\t\t\"name\": \"ferry: debug editor (CodeLLDB)\",\n");
        project.State().ShouldBe(before);

        session.Ferry.RunIn(project.Folder, words).ShouldExitWith(0).Errors.ShouldContain("gdb-dap.executable-path");
        var launch = File.ReadAllText(project.PathOf(".vscode/launch.json"));
        launch.ShouldStartWith("{\n\t// mine\n\t\"configurations\": [\n\t\t{\n");
        launch.ShouldContain("${workspaceFolder}/target/ferry/debug-2345.lldb");
        File.ReadAllText(project.PathOf(".vscode/tasks.json")).ShouldContain("\"ferry: serve to debug editor\"");
        var written = project.State();
        session.Ferry.RunIn(project.Folder, words).ShouldExitWith(0);
        project.State().ShouldBe(written);
    }

    [Fact]
    public void Without_a_project_or_a_wish_it_is_wrong_usage()
    {
        session.Ferry.Run("init").ShouldExitWith(2).Errors.ShouldContain("ferry init --cargo");
        session.Ferry.Run("init", "--vscode").ShouldExitWith(2).Errors.ShouldContain("could not find `Cargo.toml`");
    }

    public sealed class Session : IDisposable
    {
        public FerryTool Ferry { get; } = new();

        public CargoProject Project(string name) => new CargoProject(Ferry.Home, name).With("src/main.rs", $$"""
            fn main() {
                println!("{{name}} runs on {}", std::env::consts::ARCH);
                let words: Vec<String> = std::env::args().skip(1).collect();
                if words.first().is_some_and(|word| word == "exit") {
                    std::process::exit(words[1].parse().unwrap());
                }

                for word in words {
                    println!("[{word}]");
                }
            }
            """);

        public CargoProject Initialized(string name)
        {
            var project = Project(name);
            Init(project).ShouldExitWith(0);
            return project;
        }

        public RunResult Init(CargoProject project, params string[] more) => Ferry.RunIn(project.Folder, ["init", "--cargo", "--on", "emulator", .. more]);

        public RunResult Cargo(CargoProject project, params string[] words) => Run.Process(Path.Combine(ToolPath.Toolchain, "bin", "cargo"), words, project.Folder, Ferry.Variables());

        public void Dispose() => Ferry.Dispose();
    }
}
