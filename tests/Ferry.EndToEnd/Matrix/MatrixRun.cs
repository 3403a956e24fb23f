namespace Ferry.EndToEnd.Matrix;

/// <summary>What the program said of each of its checks: "ok" and a detail, or what failed.</summary>
public sealed record MatrixRun(MatrixTarget Target, MatrixBuild Build, IReadOnlyDictionary<string, string> Checks)
{
    /// <summary>Reads lines such as <c>file-time        ok 2106</c>.</summary>
    public static MatrixRun Of(MatrixTarget target, MatrixBuild build, string output) =>
        new(target, build, output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToDictionary(words => words[0], words => words[1]));
}
