using Ferry.EndToEnd.Boards;
using Ferry.EndToEnd.Linking;
using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.Compilers;

/// <summary>
/// Projects with C code, built by cargo through Ferry's doors for a device whose libraries and -dev packages are Debian's (tests/lab/c), with a PATH that has
/// Rust and the one compiler that a test names. Nothing of this PC's own compilers is on it.
/// </summary>
public sealed class CBench : IDisposable
{
    private static readonly string Rust = ToolPath.Toolchain;
    private readonly TemporaryFolder root = new();

    public CBench()
    {
        Run.Process(Repository.PathOf("tests", "lab", "c"), [], timeout: TimeSpan.FromMinutes(15)).ShouldExitWith(0);
        Toolchain = new(Path.Combine(Rust, "bin", "cargo"), Path.Combine(Rust, "bin", "rustc"), [], "1.85.0", "x86_64-unknown-linux-gnu", Rust);
        Directory.CreateDirectory(root["cargo"]);
        File.WriteAllText(root["cargo/config.toml"], $"[source.crates-io]\nreplace-with = \"lab\"\n[source.lab]\ndirectory = \"{LabFolder("crates")}\"\n[net]\noffline = true\n");
    }

    public static string Ferry => Bench.Ferry;

    internal RustToolchain Toolchain { get; }

    public string Folder => root.Path;

    public static string LabFolder(params string[] parts) => Path.Combine([Repository.Cache, "c", .. parts]);

    /// <summary>A copy of cases/NAME.</summary>
    public string Project(string name)
    {
        var folder = root[name];
        if (!Directory.Exists(folder))
        {
            BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "Compilers", "cases", name), folder);
        }

        return folder;
    }

    /// <summary>The link folder of a target for a test: each set of tools has its own, since a link folder remembers the compiler that was found.</summary>
    internal LinkFolder Link(CDevice device, string tools) => CargoLinking.DeviceLink(Toolchain, device.Target, device.Sysroot, Ferry, root["links " + tools]);

    /// <summary>cargo for a device, with the tools of these folders of the lab (clang, gcc, zig, tools) on the PATH.</summary>
    internal RunResult Cargo(string project, CDevice device, string tools, IEnumerable<string> arguments, params (string Name, string? Value)[] environment) =>
        Run.Process(Toolchain.Cargo, arguments, project, [.. Environment(device, tools), .. environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))], timeout: TimeSpan.FromMinutes(10));

    internal Dictionary<string, string?> Environment(CDevice device, string tools)
    {
        var variables = CargoLinking.Environment(Toolchain, Link(device, tools), runner: null, hasCompiler: false, Ferry, root["links " + tools]).ToDictionary();
        variables["PATH"] = string.Join(':', [.. tools.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ToolFolder), ToolPath.WithoutCompiler]);
        variables["CARGO_HOME"] = root["cargo"];
        variables["CARGO_BUILD_TARGET"] = device.Target;
        variables["CARGO_TARGET_DIR"] = root[$"target {tools}"];
        variables["CARGO_TERM_COLOR"] = "never";
        variables["CARGO_INCREMENTAL"] = "0";
        variables["RUSTC"] = Toolchain.Rustc;
        variables["RUSTFLAGS"] = null;
        if (device.Runner.Length > 0)
        {
            variables[$"CARGO_TARGET_{device.Target.ToUpperInvariant().Replace('-', '_')}_RUNNER"] = string.Join(' ', device.Runner);
        }

        return variables;
    }

    public void Dispose() => root.Dispose();

    public static string ToolFolder(string name) => name == "zig" ? LabFolder("zig") : LabFolder(name, "bin");
}
