namespace Ferry.Benchmarks.Programs;

/// <summary>A program that nobody here wrote, and the one statement that is added to it.</summary>
/// <param name="Name">Its package.</param>
/// <param name="Binary">What cargo calls the program.</param>
/// <param name="Version">For the page.</param>
/// <param name="Set">The folder of the lab's cache that tests/lab/programs keeps it in.</param>
/// <param name="Source">The file that is edited.</param>
/// <param name="Before">The line that the statement comes before.</param>
/// <param name="Statement">It says something on stderr, so that one sees which version ran.</param>
/// <param name="Features">Words for cargo.</param>
/// <param name="Arguments">With them the program reaches the statement and prints something.</param>
public sealed record RealProgram(string Name, string Binary, string Version, string Set, string Source, string Before, string Statement, string[] Features, string[] Arguments)
{
    /// <summary>What the statement's words begin with.</summary>
    public const string Mark = "edited:";

    /// <summary>Many tests use the first one; the second is in none.</summary>
    public static IReadOnlyList<RealProgram> All { get; } =
    [
        new("ripgrep", "rg", "13.0.0", "programs", "crates/core/main.rs", "    let matched = match args.command()? {",
            """    eprintln!("edited: quiet {}, failed {}", args.quiet(), messages::errored());""", [], ["--type-list"]),
        new("exa", "exa", "0.10.1", "bench-programs", "src/main.rs", "            let git = git_options(&options, &input_paths);",
            """            eprintln!("edited: {} paths, {:?}", input_paths.len(), input_paths);""", ["--no-default-features"], ["-1", "/"]),
    ];
}
