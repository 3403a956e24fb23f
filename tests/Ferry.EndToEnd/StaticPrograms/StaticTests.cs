using Ferry.EndToEnd.Linking;
using Ferry.Lab;

namespace Ferry.EndToEnd.StaticPrograms;

/// <summary><c>--static</c> and its twin in Cargo.toml, on the emulator, whose own target is not a static one.</summary>
public sealed class StaticTests : IDisposable
{
    private const string Own = "aarch64-unknown-linux-gnu";
    private const string Twin = "aarch64-unknown-linux-musl";
    private readonly FerryTool ferry = new();

    public StaticTests() => ferry.Environment["FERRY_DEVICE"] = "emulator";

    [Fact]
    public void The_program_needs_nothing_and_the_check_says_so()
    {
        var project = CargoProject.WithProgram(ferry.Home, "alone");
        var result = ferry.RunIn(project.Folder, "run", "-v", "--static").ShouldExitWith(0);
        result.Output.ShouldBe("alone runs\n");
        result.Errors.ShouldContain($"      target {Twin} (--static: the static target in place of {Own})\n");
        result.Errors.ShouldContain("     Checked 'alone' is statically linked; it needs nothing of the device\n");
        var program = project.PathOf($"target/{Twin}/debug/alone");
        Bench.ReadElf("-l", program).ShouldNotContain("INTERP");
        Bench.ReadElf("-d", program).ShouldNotContain("NEEDED");
        ferry.RunIn(project.Folder, "build", "-v", "--static").ShouldExitWith(0).Errors.ShouldContain("Checked 'alone' is statically linked");
        ferry.RunIn(project.Folder, "build", "-v").ShouldExitWith(0).Errors.ShouldContain("Checked 'alone' has all that it needs on device 'emulator'");
    }

    [Fact]
    public void Cargo_toml_says_it_for_good_and_the_command_line_may_say_otherwise()
    {
        var project = CargoProject.WithProgram(ferry.Home, "always", "[package.metadata.ferry]\nstatic = true");
        Target(project).ShouldBe($"{Twin} static in [package.metadata.ferry] of Cargo.toml: the static target in place of {Own}");
        Target(project, "--static").ShouldBe($"{Twin} --static: the static target in place of {Own}");
        Target(project, "--static", "--target", Twin).ShouldBe($"{Twin} --target");
        Target(project, "--target", Own).ShouldBe($"{Own} --target");
    }

    [Fact]
    public void A_device_whose_target_is_static_is_as_it_was()
    {
        var project = CargoProject.WithProgram(ferry.Home, "zero");
        var without = Target(project, "--on", "emulator:arm1176");
        without.ShouldStartWith("arm-unknown-linux-musleabihf ");
        without.ShouldEndWith("linked statically, since there is no loader for shared programs");
        Target(project, "--on", "emulator:arm1176", "--static").ShouldBe(without);
    }

    [Theory]
    [InlineData(Own, $"error: '--static' and '--target {Own}' contradict each other\ncause: programs for {Own} need the device's own libraries\nhelp:  leave one of them out, or name the static target: --target {Twin}\n")]
    [InlineData("loongarch64-unknown-linux-gnu", "error: ferry knows no static target in place of loongarch64-unknown-linux-gnu\ncause: a static one is wanted by --static\n")]
    public void A_target_that_is_not_static_contradicts_it(string target, string error)
    {
        var project = CargoProject.WithProgram(ferry.Home, "contradiction");
        ferry.RunIn(project.Folder, "build", "--static", "--target", target).ShouldExitWith(2).Errors.ShouldStartWith(error);
        ferry.RunIn(project.Folder, "run", "--static", "--target", target).ShouldExitWith(125).Errors.ShouldStartWith(error);
        Directory.Exists(project.PathOf("target")).ShouldBeFalse();
    }

    [Fact]
    public void Flags_that_ask_for_shared_libraries_end_the_link()
    {
        var project = CargoProject.WithProgram(ferry.Home, "dynamic");
        ferry.Environment["RUSTFLAGS"] = "-C target-feature=-crt-static";
        ferry.RunIn(project.Folder, "build", "--static").ShouldExitWith(101).Errors
            .ShouldContain($"ferry links programs for {Twin} statically, but this one is to be linked against shared libraries");
    }

    [Fact]
    public void A_program_that_came_out_with_libraries_is_refused_with_their_names()
    {
        var folder = Directory.CreateDirectory(Path.Combine(ferry.Home, "shared")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "libc.so"), "/usr/aarch64-linux-gnu/lib/libc.so.6");
        File.CreateSymbolicLink(Path.Combine(folder, "libgcc_s.so"), "/usr/aarch64-linux-gnu/lib/libgcc_s.so.1");
        var project = CargoProject.WithProgram(ferry.Home, "leaning");
        ferry.Environment["RUSTFLAGS"] = $"-C target-feature=-crt-static -L {folder} -C link-arg=-Wl,--allow-shlib-undefined";
        var result = ferry.RunIn(project.Folder, "build", "--static").ShouldExitWith(5);
        result.Errors.ShouldContain("error: 'leaning' is not static: it needs ");
        result.Errors.ShouldContain("libc.so.6");
        ferry.RunIn(project.Folder, "run", "--static").ShouldExitWith(125).Errors.ShouldContain("error: 'leaning' is not static: it needs ");
    }

    [Fact]
    public void The_plan_says_what_is_taken_and_why()
    {
        var project = CargoProject.WithProgram(ferry.Home, "planned");
        var gnu = ferry.RunIn(project.Folder, "build", "--dry-run").ShouldExitWith(0).Output;
        gnu.ShouldMatch("libc +glibc 2.36 of device 'emulator' +the oldest among the devices of this target");
        gnu.ShouldMatch("std +installed +for aarch64-unknown-linux-gnu");
        gnu.ShouldMatch("linker +/.*rust-lld +it comes with rustc");
        gnu.ShouldMatch("starts with +Ferry's start.rs +in place of a C toolchain's crt1.o");
        gnu.ShouldMatch("sysroot +/.* +the libraries of device 'emulator'");

        var musl = ferry.RunIn(project.Folder, "build", "--dry-run", "--static").ShouldExitWith(0).Output;
        musl.ShouldMatch("libc +musl, in the program +a static target: nothing of the device is needed");
        musl.ShouldMatch("starts with +rustc's own crt1.o");
        musl.ShouldNotContain("sysroot ");

        ferry.RunIn(project.Folder, "build", "--dry-run", "--target", "i686-unknown-linux-musl").ShouldExitWith(0).Output.ShouldMatch("std +missing +.*rustup target add i686-unknown-linux-musl");
        ferry.RunIn(project.Folder, "build", "--target", "i686-unknown-linux-musl").ShouldExitWith(4).Errors.ShouldStartWith("error: Rust's standard library for i686-unknown-linux-musl is not installed\n");
        ferry.RunIn(project.Folder, "build", "--dry-run", "--target", "nonsense").ShouldExitWith(1).Errors.ShouldContain("has no target 'nonsense'");
    }

    public void Dispose() => ferry.Dispose();

    /// <summary>The target, and why, of a dry run.</summary>
    private string Target(CargoProject project, params string[] options)
    {
        var row = ferry.RunIn(project.Folder, ["build", "--dry-run", .. options]).ShouldExitWith(0).Output.Split('\n').Single(line => line.StartsWith("target ", StringComparison.Ordinal));
        return string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }
}
