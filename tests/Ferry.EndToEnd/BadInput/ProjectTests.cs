using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>Projects that cannot be run as they are: cargo's own words, and cargo's own code.</summary>
public sealed class ProjectTests : IDisposable
{
    private readonly FerryTool ferry = new();

    public void Dispose() => ferry.Dispose();

    [Fact]
    public void A_project_without_a_program()
    {
        var project = new CargoProject(ferry.Home, "library").With("src/lib.rs", "");
        SameAsCargo(project.Folder, "run").ShouldContain("a bin target must be available for `cargo run`");
    }

    [Fact]
    public void Two_programs_and_none_named()
    {
        var project = new CargoProject(ferry.Home, "two").With("src/bin/one.rs", "fn main() { println!(\"one\") }").With("src/bin/two.rs", "fn main() {}");
        SameAsCargo(project.Folder, "run").ShouldContain("available binaries: one, two");
        SameAsCargo(project.Folder, "run", "--bin", "onw").ShouldContain("no bin target named `onw`");
        ferry.RunIn(project.Folder, "run", "-q", "--on", "emulator", "--bin", "one").ShouldExitWith(0).Output.ShouldBe("one\n");
    }

    [Fact]
    public void No_project_at_all()
    {
        var empty = Directory.CreateDirectory(Path.Combine(ferry.Home, "empty")).FullName;
        SameAsCargo(empty, "run").ShouldContain("could not find `Cargo.toml`");
        SameAsCargo(empty, "build").ShouldContain("could not find `Cargo.toml`");
        SameAsCargo(empty, "run", "--manifest-path", "nowhere/Cargo.toml").ShouldContain("nowhere/Cargo.toml");
    }

    [Fact]
    public void A_manifest_that_cannot_be_read()
    {
        var folder = Directory.CreateDirectory(Path.Combine(ferry.Home, "broken")).FullName;
        File.WriteAllText(Path.Combine(folder, "Cargo.toml"), "[package");
        SameAsCargo(folder, "run").ShouldContain("Cargo.toml:1:9");
    }

    [Fact]
    public void A_program_that_does_not_compile_and_then_does()
    {
        var project = new CargoProject(ferry.Home, "wrong").With("src/main.rs", "fn main() { nothing() }");
        ferry.RunIn(project.Folder, "run", "--on", "emulator").ShouldExitWith(101).Errors.ShouldContain("error[E0425]");
        ferry.RunIn(project.Folder, "build", "--on", "emulator").ShouldExitWith(101).Errors.ShouldContain("error[E0425]");
        project.With("src/main.rs", "fn main() { println!(\"mended\") }");
        ferry.RunIn(project.Folder, "run", "-q", "--on", "emulator").ShouldExitWith(0).Output.ShouldBe("mended\n");
    }

    [Theory]
    [InlineData("devcie = \"pi4\"", "error: unknown setting 'devcie' in [package.metadata.ferry] of Cargo.toml\nhelp:  did you mean 'device'?\n")]
    [InlineData("env = \"A=1\"", "error: 'env' in [package.metadata.ferry] of Cargo.toml is not a table such as { RUST_LOG = \"debug\" }\ncause: it is: \"A=1\"\n")]
    [InlineData("device = \"nosuch\"", "error: there is no device 'nosuch'\ncause: it is named by [package.metadata.ferry] of Cargo.toml\nhelp:  add it: ferry device add nosuch [USER@]HOST\n")]
    public void Settings_in_the_manifest_that_are_wrong(string setting, string errors)
    {
        var project = CargoProject.WithProgram(ferry.Home, "settings", $"[package.metadata.ferry]\n{setting}");
        ferry.RunIn(project.Folder, "run").ShouldExitWith(125).Errors.ShouldBe(errors);
    }

    [Theory]
    [InlineData("no-such-target", "error: rustc 1.", "help:  see them all: rustc --print target-list\n")]
    [InlineData("x86_64-unknown-linux-gnu", "error: a program for x86_64-unknown-linux-gnu cannot be linked against the libraries of device 'emulator'\ncause: they are of a 64-bit userland (arm64, glibc 2.36), Cortex-A53\n", "help:  leave --target out, or name a device of that target with --on\n")]
    [InlineData("armv7-unknown-linux-gnueabihf", "error: a program for armv7-unknown-linux-gnueabihf cannot be linked against the libraries of device 'emulator'\n", "--on\n")]
    public void A_target_that_is_not_the_devices(string target, string begin, string end)
    {
        var project = CargoProject.WithProgram(ferry.Home, "elsewhere");
        var result = ferry.RunIn(project.Folder, "run", "--on", "emulator", "--target", target).ShouldExitWith(125);
        result.Errors.ShouldStartWith(begin);
        result.Errors.ShouldEndWith(end);
    }

    /// <summary>Runs Ferry, and plain cargo beside it; gives what both say.</summary>
    private string SameAsCargo(string folder, params string[] words)
    {
        var cargo = Run.Process(Path.Combine(ToolPath.Toolchain, "bin", "cargo"), words, folder, ferry.Variables());
        var result = ferry.RunIn(folder, [.. words, "--on", "emulator"]).ShouldExitWith(cargo.ExitCode);
        result.Errors.ShouldBe(cargo.Errors);
        return result.Errors;
    }
}
