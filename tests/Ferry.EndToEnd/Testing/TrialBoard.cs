using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Ferry.EndToEnd.Boards;
using Ferry.EndToEnd.Linking;
using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.Testing;

/// <summary>The project with tests of every kind, a board to run them on, and this PC to compare with.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class TrialBoard : IDisposable
{
    private readonly Board board = Board.Up("pi4");

    public TrialBoard()
    {
        Ferry = new FerryTool { Ssh = board.Ssh };
        Ferry.Run("device", "add", "pi4", board.Name).ShouldExitWith(0);
        Project = BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "Testing", "case"), Path.Combine(Ferry.Home, "trial"));
    }

    public FerryTool Ferry { get; }

    public string Project { get; }

    /// <summary>A folder on the board that is gone with this session.</summary>
    public string There { get; } = "/tmp/trial-" + Guid.NewGuid().ToString("N");

    public RunResult OnBoard(string command) => board.Shell(command);

    public RunResult OnDevice(params string[] words) => Ferry.RunIn(Project, words);

    public RunResult Bash(string script) => Run.Process("bash", ["-c", script], Project, Ferry.Variables(), timeout: TimeSpan.FromMinutes(5));

    /// <summary>Plain cargo on this PC. It may have no C compiler: then a link folder of Ferry's links for it.</summary>
    public RunResult Here(string folder, IReadOnlyDictionary<string, string?> more, params string[] words)
    {
        var bin = Path.Combine(ToolPath.Toolchain, "bin");
        var rust = new RustToolchain(Path.Combine(bin, "cargo"), Path.Combine(bin, "rustc"), [], "1.85.0", "x86_64-unknown-linux-gnu", ToolPath.Toolchain);
        var variables = Ferry.Variables();
        variables["CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER"] = CargoLinking.HostLink(rust, Bench.Ferry, Path.Combine(Ferry.Home, "links"))!.Linker;
        variables["CARGO_TARGET_DIR"] = Path.Combine(Ferry.Home, "target-here");
        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        return Run.Process(rust.Cargo, words, folder, variables, timeout: TimeSpan.FromMinutes(5));
    }

    /// <summary>What tests print, but for the time that they took and the order in which threads came.</summary>
    public static string Said(string output) =>
        string.Join('\n', Took().Replace(output, "").Split('\n').Order(StringComparer.Ordinal));

    public void Dispose()
    {
        board.Shell("rm -rf " + There);
        Ferry.Dispose();
    }

    [GeneratedRegex(@"finished in [0-9.]+s|\[[0-9]+ ns\]")]
    private static partial Regex Took();
}
