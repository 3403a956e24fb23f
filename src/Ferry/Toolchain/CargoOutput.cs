using Ferry.Linking;

namespace Ferry.Toolchain;

/// <summary>
/// Where the device's target is this PC's own, cargo has one linker for both. What is for the device is written to
/// <c>TARGET-DIR/TRIPLE/PROFILE/…</c>, since Ferry always gives cargo a <c>--target</c>; build scripts and proc macros to <c>TARGET-DIR/PROFILE/…</c>.
/// </summary>
internal static class CargoOutput
{
    /// <summary>How far above a file cargo's folder for a triple is, at most: TRIPLE/PROFILE/build/PACKAGE/HASH/out/file.</summary>
    private const int Deepest = 6;

    public static bool IsForDevice(IReadOnlyList<LinkerToken> line, string triple)
    {
        var output = line.SkipWhile(token => token.Text != "-o").Skip(1).Select(token => token.Text).FirstOrDefault() ?? "";
        var parts = Path.GetFullPath(output).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return !parts[^1].StartsWith("build_script_", StringComparison.Ordinal) && parts[..^1].TakeLast(Deepest).Contains(triple);
    }
}
