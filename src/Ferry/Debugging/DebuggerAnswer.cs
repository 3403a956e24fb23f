using System.Text;
using Ferry.Processes;
using Ferry.Settings;

namespace Ferry.Debugging;

/// <summary>What a debugger says of itself. Kept, since starting one twice, only to ask, takes longer than all else that comes before a session.</summary>
/// <param name="Version">The first line of what <c>--version</c> prints.</param>
/// <param name="Knows">Whether it knows the architecture that it was asked for. lldb knows all that LLVM knows, and is not asked.</param>
internal sealed record DebuggerAnswer(string Version, bool Knows)
{
    public bool IsLldb => IsLldbs(Version);

    /// <param name="path">The debugger.</param>
    /// <param name="architecture">As gdb calls it.</param>
    public static DebuggerAnswer Of(string path, string architecture)
    {
        var file = FileOf(path, architecture);
        if (Remembered(file) is { } answer)
        {
            return answer;
        }

        var version = Tool.Run(path, ["--version"]);
        var first = version.Output.Split('\n')[0].TrimEnd();
        var asked = IsLldbs(first) ? null : Tool.Run(path, ["-nx", "-batch", "-ex", $"set architecture {architecture}"]);
        answer = new(first, asked is null || (asked.Output.Contains($"\"{architecture}\"", StringComparison.Ordinal) && !asked.Errors.Contains("Undefined item", StringComparison.Ordinal)));
        if (version.Succeeded)
        {
            AtomicFile.Write(file, Encoding.UTF8.GetBytes($"{(answer.Knows ? "knows" : "lacks")} {answer.Version}"), lasting: false);
        }

        return answer;
    }

    private static bool IsLldbs(string version) => version.Contains("lldb", StringComparison.OrdinalIgnoreCase);

    private static DebuggerAnswer? Remembered(string file)
    {
        try
        {
            return File.ReadAllText(file).Split(' ', 2) is [("knows" or "lacks") and var word, var version] ? new(version, word == "knows") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Another debugger under the same name, or what a link now leads to, has another time or size.</summary>
    private static string FileOf(string path, string architecture)
    {
        var file = new FileInfo(path);
        var end = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return Path.Combine(Folders.Cache, "debuggers", NameHash.Of(string.Join('\0', path, end.FullName, $"{end.Length} {end.LastWriteTimeUtc.Ticks}", architecture)));
    }
}
