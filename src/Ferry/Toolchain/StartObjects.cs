using Ferry.Devices;
using Ferry.Linking;
using Ferry.Processes;

namespace Ferry.Toolchain;

/// <summary>The parts of device/start.rs as objects, compiled by the user's own rustc. Their names in a <see cref="LinkFolder"/>.</summary>
internal static class StartObjects
{
    private const string Source = "start.rs";

    private const string Builtins = "builtins";

    private static readonly string[] Parts = ["program", "static_program", "static_fixed", "shared", "nonshared", "nonshared_stat", Builtins];

    /// <summary>Compiles what a target needs into <paramref name="folder"/>, a fifth of a second each: for musl rustc brings what a program starts with.</summary>
    public static void Compile(RustToolchain rust, string target, string folder)
    {
        var source = Path.Combine(folder, Source);
        File.WriteAllText(source, CarriedFile.Text(Source));
        Parallel.ForEach(PartsFor(target), part => Compile(rust, target, part, source, FileOf(folder, part)));
    }

    /// <summary>Whether all are there, and whole.</summary>
    public static bool AreIn(string folder, string target) => PartsFor(target).All(part => ElfOnDisk.IsWhole(FileOf(folder, part)));

    /// <summary>Tells the platform where its objects are.</summary>
    public static LinkPlatform AddTo(LinkPlatform platform, string folder) => IsSelfContained(platform.Target) ? platform with { Builtins = [FileOf(folder, Builtins)] } : platform with
    {
        ProgramStart = [FileOf(folder, "program")],
        StaticStart = [FileOf(folder, "static_program")],
        FixedStart = [FileOf(folder, "static_fixed")],
        SharedStart = [FileOf(folder, "shared")],
        Nonshared = [FileOf(folder, "nonshared"), FileOf(folder, "nonshared_stat")],
        Builtins = [FileOf(folder, Builtins)],
    };

    private static string[] PartsFor(string target) => IsSelfContained(target) ? [Builtins] : Parts;

    private static bool IsSelfContained(string target) => Targets.IsStatic(target);

    private static string FileOf(string folder, string part) => Path.Combine(folder, $"start-{part.Replace('_', '-')}.o");

    private static void Compile(RustToolchain rust, string target, string part, string source, string output)
    {
        string[] options = ["--crate-type=lib", "--crate-name=start", "--edition=2021", "--emit=obj", "-Cpanic=abort", "-Copt-level=2", "-Crelocation-model=pic"];
        var result = Tool.Run(rust.Rustc, [.. rust.Prefix, .. options, "--cfg", part, "--target", target, "-o", output, source]);
        if (!result.Succeeded)
        {
            throw new FerryException($"cannot compile the start-up code for {target} with {rust.Rustc}", result.Errors.Trim());
        }
    }
}
