using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>Rust, its linker or its standard library for the device is not there: exit 4, 125 from run, and a help that works.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MissingToolTests : IDisposable
{
    private const string Target = "aarch64-unknown-linux-gnu";
    private const string Install = $"rustup target add --toolchain {PartialToolchain.Name} {Target}";

    private readonly FerryTool ferry = new();
    private readonly CargoProject project;

    public MissingToolTests()
    {
        project = CargoProject.WithProgram(ferry.Home, "small");
        ferry.Environment["FERRY_DEVICE"] = "emulator";
    }

    public void Dispose() => ferry.Dispose();

    [Fact]
    public void No_Rust_at_all()
    {
        ferry.Environment["PATH"] = ToolPath.WithoutRust;
        Fails("error: 'rustc' is not on the PATH\nhelp:  install Rust: https://rustup.rs\n");
    }

    [Fact]
    public void No_cargo()
    {
        var toolchain = new PartialToolchain(ferry.Home);
        File.Delete(Path.Combine(toolchain.Bin, "cargo"));
        On(toolchain);
        Fails("error: 'cargo' is not on the PATH\nhelp:  install Rust: https://rustup.rs\n");
    }

    [Fact]
    public void A_variable_that_names_no_rustc()
    {
        ferry.Environment["RUSTC"] = "/nowhere/rustc";
        Fails("error: '/nowhere/rustc' is not there, though the variable RUSTC names it\nhelp:  unset RUSTC, or let it name a file\n");
    }

    [Fact]
    public void No_linker()
    {
        On(new PartialToolchain(ferry.Home).WithStd(Target));
        var result = ferry.RunIn(project.Folder, "run").ShouldExitWith(125);
        result.Errors.ShouldMatch("^error: no linker: neither rust-lld in Rust's own folder nor ld.lld on the PATH\ncause: no .*/bin/rust-lld\nhelp:  .*\n$");
        ferry.RunIn(project.Folder, "build").ShouldExitWith(4).Errors.ShouldBe(result.Errors);
    }

    [Fact]
    public void A_standard_library_that_nothing_here_can_bring()
    {
        On(new PartialToolchain(ferry.Home).WithLinker());
        var result = ferry.RunIn(project.Folder, "run", "--yes").ShouldExitWith(125);
        result.Errors.ShouldStartWith($"error: Rust's standard library for {Target} is not installed\nhelp:  with rustup (https://rustup.rs): rustup target add {Target}; with Debian's own rustc: ");
        ferry.RunIn(project.Folder, "build").ShouldExitWith(4).Errors.ShouldBe(result.Errors);
    }

    [Fact]
    public void Off_a_terminal_rustup_is_called_with_yes_only()
    {
        var toolchain = On(new PartialToolchain(ferry.Home).WithLinker().AddRustup());
        Fails($"error: Rust's standard library for {Target} is not installed\nhelp:  {Install}\n");
        File.Exists(toolchain.Calls).ShouldBeFalse();

        var result = ferry.RunIn(project.Folder, "run", "--yes").ShouldExitWith(0);
        result.Output.ShouldBe("small runs\n");
        result.Errors.ShouldStartWith($"  Installing Rust's standard library for {Target}\n");
        File.ReadAllText(toolchain.Calls).ShouldBe(Install["rustup ".Length..] + "\n");
        ferry.RunIn(project.Folder, "run", "-q").ShouldExitWith(0).Output.ShouldBe("small runs\n");
    }

    [Fact]
    public void A_rustup_that_fails_is_quoted()
    {
        On(new PartialToolchain(ferry.Home).WithLinker().AddRustup(works: false));
        ferry.RunIn(project.Folder, "build", "--yes").ShouldExitWith(4).Errors.ShouldEndWith(
            $"error: rustup could not install Rust's standard library for {Target}\ncause: error: component 'rust-std' is unavailable\nhelp:  {Install}\n");
    }

    [Fact]
    public void On_a_terminal_it_is_asked()
    {
        var toolchain = On(new PartialToolchain(ferry.Home).WithLinker().AddRustup());
        OnTerminal("n").ShouldExitWith(125).Output.ShouldContain($"Install it with '{Install}'? [Y/n] ");
        File.Exists(toolchain.Calls).ShouldBeFalse();
        OnTerminal("y").ShouldExitWith(0).Output.ShouldContain("small runs");
        File.ReadAllLines(toolchain.Calls).Length.ShouldBe(1);
    }

    private PartialToolchain On(PartialToolchain toolchain)
    {
        ferry.Environment["PATH"] = $"{toolchain.Rustup}:{toolchain.Bin}:{ToolPath.WithoutRust}";
        return toolchain;
    }

    private void Fails(string errors)
    {
        ferry.RunIn(project.Folder, "run").ShouldExitWith(125).Errors.ShouldEndWith(errors);
        ferry.RunIn(project.Folder, "build").ShouldExitWith(4).Errors.ShouldEndWith(errors);
    }

    private RunResult OnTerminal(string answer) =>
        Run.Process("script", ["-qec", $"'{FerryTool.Path}' run", "/dev/null"], project.Folder, ferry.Variables(), [.. System.Text.Encoding.ASCII.GetBytes(answer), (byte)'\n']);
}
