using System.Globalization;
using Ferry.Benchmarks.Links;

namespace Ferry.Benchmarks;

/// <summary>
/// Where it is measured: this machine, a board, and two ways to it, the open one and the shaped one. All that is made lies in a work folder that
/// bench/loop removes, but for what is slow to make: the lab's cache keeps that.
/// </summary>
public sealed class Site : IDisposable
{
    /// <summary>The board's folder for all rivals, which bench/loop removes at the end.</summary>
    public const string There = ".ferry-bench";

    /// <summary>As large as the board's memory allows, and like the one above removed at the end.</summary>
    public const string Large = "/tmp/ferry-bench";

    private readonly Relay? shaped;

    public Site(string board, bool needsBoard)
    {
        Board = board;
        Work = Environment.GetEnvironmentVariable("FERRY_BENCH_WORK") ?? throw new BenchException("bench/loop starts this program");
        Cache = Path.Combine(Lab, "bench");
        Directory.CreateDirectory(Cache);
        if (needsBoard)
        {
            Shell("tests/lab/boards", "up", board, "--for", Environment.GetEnvironmentVariable("FERRY_BENCH_PID")!);
            var port = int.Parse(File.ReadAllText(Path.Combine(Lab, "boards", board, "port")), CultureInfo.InvariantCulture);
            shaped = new Relay(LinkRate.Shaped, port);
            Open = new Way(this, "open", port, null);
            Shaped = new Way(this, "shaped", shaped.Port, shaped);
            Open.Ssh($"rm -rf {There} {Large} && mkdir -m 700 {There} {Large}").Run();
        }
    }

    public static string Root { get; } = Environment.CurrentDirectory;

    public static string Lab { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "ferry-lab");

    public string Board { get; }

    /// <summary>The target of a board's programs.</summary>
    public string Target => Board == "pi4" ? "aarch64-unknown-linux-gnu" : "armv7-unknown-linux-gnueabihf";

    public string Work { get; }

    /// <summary>What is kept from run to run.</summary>
    public string Cache { get; }

    public Way Open { get => field ?? throw new InvalidOperationException("this part asked for no board"); }

    public Way Shaped { get => field ?? throw new InvalidOperationException("this part asked for no board"); }

    public static void Say(string words) => Console.Error.WriteLine($"loop: {words}");

    /// <summary>A script of the repository; what it says is shown.</summary>
    public static void Shell(string script, params string[] arguments) => Console.Error.Write(new Command([Path.Combine(Root, script), .. arguments]).Run().Errors.TrimStart('\n'));

    /// <summary>A function of tests/lab/apt.sh; its output.</summary>
    public static string Apt(params string[] words) => new Command(["bash", "-c", ". tests/lab/apt.sh; \"$@\"", "loop", .. words]) { Folder = Root }.Run().Output.Trim();

    public void Dispose() => shaped?.Dispose();
}
