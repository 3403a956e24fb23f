using System.Globalization;
using Ferry.Settings;

namespace Ferry.Toolchain.Compilers;

/// <summary>
/// <c>c-compiler.txt</c> of a link folder: the answer of a search, good as long as the compiler's file is the same one. The folder itself stands for
/// the target and the sysroot. Lines and not JSON: it is read for every C file.
/// </summary>
internal static class RememberedCompiler
{
    private const string FileName = "c-compiler.txt";

    public static CCompiler? Read(string folder)
    {
        var lines = Lines(folder);
        return lines is [var path, var stamp, var kind, var include, ..] && stamp == Stamp(path) && Enum.TryParse<CompilerKind>(kind, out var known)
            ? new(path, known, include.Length > 0 ? include : null)
            : null;
    }

    /// <summary>Why it was chosen; null where nothing is remembered.</summary>
    public static string? Reason(string folder) => Read(folder) is null ? null : Lines(folder) is [_, _, _, _, var reason, ..] ? reason : null;

    public static void Write(string folder, CCompiler compiler, string reason) =>
        AtomicFile.Write(Path.Combine(folder, FileName), System.Text.Encoding.UTF8.GetBytes(string.Join('\n', compiler.Path, Stamp(compiler.Path), compiler.Kind.ToString(), compiler.OwnInclude ?? "", reason.ReplaceLineEndings(" ")) + "\n"), lasting: false);

    private static string[] Lines(string folder)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(folder, FileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Stamp(string path) =>
        new FileInfo(path) is { Exists: true } file ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "gone";
}
