using System.Security.Cryptography;
using Ferry.Lab;

namespace Ferry.EndToEnd.Programs;

/// <summary>
/// Programs that nobody here wrote (see tests/lab/programs), built by Ferry for a board, which has the same files to search as this PC. What is built
/// stays in the lab's cache, Ferry's home included: the link folder's path is part of what cargo goes by.
/// </summary>
public abstract class RealPrograms : IDisposable
{
    private static readonly string Sources = Path.Combine(Repository.Cache, "programs");
    private static readonly TimeSpan ToBuild = TimeSpan.FromMinutes(15);
    private readonly FerryTool ferry;
    private readonly string there = "/tmp/ferry-tree-" + Guid.NewGuid().ToString("N")[..8];

    protected RealPrograms(string board, string triple)
    {
        Run.Process(Repository.PathOf("tests", "lab", "programs"), [], timeout: ToBuild).ShouldExitWith(0);
        Board = Board.Up(board);
        ferry = new FerryTool { Ssh = Board.Ssh };
        ferry.Environment["FERRY_HOME"] = Path.Combine(Repository.Cache, "programs-ferry");
        ferry.Environment["CARGO_HOME"] = Path.Combine(Sources, "cargo-home");
        ferry.Environment["CARGO_TARGET_DIR"] = Target;
        ferry.Environment["FERRY_DEVICE"] = board;
        ferry.Run("device", "add", board, Board.Name).ShouldExitWith(0);
        Board.Shell($"mkdir {there} && tar -x -C {there}", input: Tree.Tar()).ShouldExitWith(0);
        LinkAgainAfterChanges(triple);
        Rust("ripgrep", ["build", "--release"]).ShouldExitWith(0);
        Rust("fd-find", ["build", "--release"]).ShouldExitWith(0);
    }

    public Board Board { get; }

    public ProgramTree Tree { get; } = new();

    private static string Target => Path.Combine(Repository.Cache, "programs-target");

    /// <summary>A program on the board, in the tree there.</summary>
    public RunResult There(string program, IEnumerable<string> arguments, byte[]? input = null) =>
        Rust(program, ["run", "--release", "--quiet", "--folder", there, "--", .. arguments], input);

    /// <summary>The program's own tests, on the board.</summary>
    public RunResult OwnTests(string program) => Rust(program, ["test", "--release"]);

    /// <summary>Debian's own build of the same program, on this PC, in the tree here.</summary>
    public RunResult Here(string program, IEnumerable<string> arguments, byte[]? input = null) =>
        Run.Process(Path.Combine(Sources, program == "ripgrep" ? "rg" : "fd"), arguments, Tree.Root, input: input);

    public void Dispose()
    {
        Board.Shell("rm -rf " + there);
        Tree.Dispose();
        ferry.Dispose();
        GC.SuppressFinalize(this);
    }

    private RunResult Rust(string program, IEnumerable<string> arguments, byte[]? input = null) =>
        Run.Process(FerryTool.Path, arguments, Path.Combine(Sources, program), ferry.Variables(), input, ToBuild);

    /// <summary>A Ferry that links in another way is not something that cargo looks at: without this, warm programs would be those of an older Ferry.</summary>
    private void LinkAgainAfterChanges(string triple)
    {
        var stamp = Path.Combine(Target, $"linked-by-{triple}");
        var now = LinkingSource();
        if (File.Exists(stamp) && File.ReadAllText(stamp) == now)
        {
            return;
        }

        foreach (var program in new[] { "ripgrep", "fd-find" })
        {
            Run.Process(Path.Combine(ToolPath.Toolchain, "bin", "cargo"), ["clean", "--release", "--target", triple, "-p", program], Path.Combine(Sources, program), ferry.Variables())
                .ShouldExitWith(0);
        }

        File.WriteAllText(stamp, now);
    }

    private static string LinkingSource()
    {
        string[] files =
        [
            Repository.PathOf("device", "start.rs"), Repository.PathOf("src", "Ferry", "Doors", "LinkerDoor.cs"),
            .. Directory.GetFiles(Repository.PathOf("src", "Ferry.Linking"), "*.cs"), .. Directory.GetFiles(Repository.PathOf("src", "Ferry", "Toolchain"), "*.cs"),
        ];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
