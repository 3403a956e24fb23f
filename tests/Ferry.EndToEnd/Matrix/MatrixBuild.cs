namespace Ferry.EndToEnd.Matrix;

/// <summary>One way to build the program: a profile, and whether it is linked against a cdylib.</summary>
public sealed record MatrixBuild(string Title, string Profile, bool WithPlugin = false)
{
    public static IReadOnlyList<MatrixBuild> All { get; } =
        [new("debug", "dev"), new("release", "release"), new("fat LTO, panic=abort", "fat"), new("cdylib", "dev", WithPlugin: true)];
}
