using Ferry.EndToEnd.Boards;
using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.Linking;

/// <summary>
/// The workspace of cases/every-kind in a folder whose name has blanks and letters beyond ASCII, a link folder for each target, and a cargo whose
/// PATH has the Rust toolchain alone: no cc, gcc, clang or zig.
/// </summary>
public sealed class Bench : IDisposable
{
    private static readonly string Rust = Path.Combine(Repository.Cache, "toolchain");
    private readonly TemporaryFolder root = new();

    public Bench(LinkStore links)
    {
        Links = links.Folder;
        BoardSession.Copy(Cases("every-kind"), Workspace);
        Toolchain = new(Path.Combine(Rust, "bin", "cargo"), Path.Combine(Rust, "bin", "rustc"), [], "1.85.0", "x86_64-unknown-linux-gnu", Rust);
    }

    internal RustToolchain Toolchain { get; }

    /// <summary>The ferry that was built with the tests.</summary>
    public static string Ferry { get; } = Repository.PathOf("artifacts", "bin", "Ferry", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "ferry");

    public string Workspace => root["my näive 日本 app"];

    public string TargetFolder => Path.Combine(Workspace, "target");

    public string Links { get; }

    public static string Cases(string name) => Repository.PathOf("tests", "Ferry.EndToEnd", "Linking", "cases", name);

    internal LinkFolder Link(string target) =>
        target.Contains("musl") ? CargoLinking.DeviceLink(Toolchain, target, SysrootFacts.None, Ferry, Links)
        : CargoLinking.DeviceLink(Toolchain, target, Platform.Of(target).Sysroot, Ferry, Links);

    public RunResult Cargo(string target, IEnumerable<string> arguments, params (string Name, string? Value)[] environment) =>
        Run.Process(Toolchain.Cargo, arguments, Workspace, [.. Environment(target), .. environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);

    /// <summary>rustc alone, through the door of a target.</summary>
    public RunResult Rustc(string target, params string[] arguments) =>
        Run.Process(Toolchain.Rustc, ["--target", target, "-Clinker=" + Link(target).Linker, .. arguments], Workspace, Environment(target));

    public RunResult Execute(string target, string program, params string[] arguments)
    {
        string[] line = [.. Platform.Of(target.Replace("musl", "gnu")).Runner, program, .. arguments];
        return Run.Process(line[0], line.Skip(1), Workspace);
    }

    public static string ReadElf(string option, string file) => Run.Process("/usr/bin/readelf", ["-W", option, file]).ShouldExitWith(0).Output;

    /// <summary>A folder for tools that stand first in a PATH.</summary>
    public string FolderOfTools(string name, string script)
    {
        var folder = root["tools"];
        Directory.CreateDirectory(folder);
        var tool = Path.Combine(folder, name);
        File.WriteAllText(tool, script);
        Run.Process("/bin/chmod", ["+x", tool]).ShouldExitWith(0);
        return folder;
    }

    public void Dispose() => root.Dispose();

    internal Dictionary<string, string?> Environment(string target)
    {
        var variables = CargoLinking.Environment(Toolchain, Link(target), runner: null, hasCompiler: false, Ferry, Links).ToDictionary();
        variables["PATH"] = Path.Combine(Rust, "bin");
        variables["CARGO_BUILD_TARGET"] = target;
        variables["CARGO_TERM_COLOR"] = "never";
        variables["CARGO_NET_OFFLINE"] = "true";
        variables["RUSTC"] = Toolchain.Rustc;
        variables["RUSTFLAGS"] = null;
        variables["CARGO_TARGET_DIR"] = TargetFolder;
        variables["CARGO_INCREMENTAL"] = "0";
        var runner = Platform.RunnerOf(target.Replace("musl", "gnu"));
        if (runner.Length > 0)
        {
            variables[$"CARGO_TARGET_{target.ToUpperInvariant().Replace('-', '_')}_RUNNER"] = string.Join(' ', runner);
        }

        return variables;
    }
}
