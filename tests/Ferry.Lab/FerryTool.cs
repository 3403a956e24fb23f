using System.Diagnostics;

namespace Ferry.Lab;

/// <summary>
/// The tool as a user has it, with settings and cache of its own and a PATH on which there is no C compiler: what links here,
/// links without one.
/// </summary>
public sealed class FerryTool : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("ferry-test-").FullName;

    /// <summary>Set for tests that reach a device through a program of their own instead of ssh.</summary>
    public string? Ssh { get; init; }

    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The published tool, as ./build leaves it.</summary>
    public static string Path { get; } = Repository.PathOf("out", "ferry");

    public string Home => home;

    public RunResult Run(params string[] arguments) => RunIn(home, arguments);

    public RunResult RunIn(string folder, params string[] arguments) => RunIn(folder, input: null, arguments);

    public RunResult RunIn(string folder, byte[]? input, params string[] arguments) =>
        Lab.Run.Process(Path, arguments, folder, Variables(), input, TimeSpan.FromMinutes(5));

    /// <summary>Starts it, for a test that speaks with it while it runs.</summary>
    public Process BeginIn(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in Variables())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The environment that every call gets; null removes a variable.</summary>
    public Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>
        {
            ["FERRY_HOME"] = System.IO.Path.Combine(home, "ferry"),
            ["FERRY_SSH"] = Ssh,
            ["FERRY_DEVICE"] = null,
            // Nothing of a test is to run when it has ended; those that are about it remove this.
            ["FERRY_STANDBY"] = "off",
            ["PATH"] = ToolPath.WithoutCompiler,
            ["CARGO_NET_OFFLINE"] = "true",
            ["CARGO_TARGET_DIR"] = null,
            ["RUSTUP_TOOLCHAIN"] = null,
            ["NO_COLOR"] = null,
            ["RUST_BACKTRACE"] = null,
        };
        foreach (var (name, value) in Environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    public void Dispose() => Directory.Delete(home, recursive: true);
}
