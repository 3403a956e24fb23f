using System.Text;
using System.Text.Json;
using Ferry.Elf.Debug;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Debug;

/// <summary>Another reader of debug info, which ours is held against: LLVM's.</summary>
internal static class Symbolizer
{
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "llvm-symbolizer")));

    /// <summary>What it says of each address, as <see cref="DebugInfo.FramesAt"/> does.</summary>
    public static List<List<SourceFrame>> Ask(string file, IReadOnlyList<ulong> addresses)
    {
        Assert.SkipUnless(IsThere, "no llvm-symbolizer on the PATH (package llvm)");
        var input = Encoding.ASCII.GetBytes(string.Concat(addresses.Select(address => $"0x{address:x}\n")));
        var result = Run.Process("llvm-symbolizer", ["--obj=" + file, "--inlines", "--no-demangle", "--output-style=JSON"], input: input).ShouldExitWith(0);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Frames)];
    }

    private static List<SourceFrame> Frames(string line)
    {
        using var document = JsonDocument.Parse(line);
        var all = document.RootElement.GetProperty("Symbol").EnumerateArray().ToList();
        return [.. all.Select((frame, index) => new SourceFrame(
            Text(frame, "FunctionName"), Text(frame, "FileName"), frame.GetProperty("Line").GetInt32(), frame.GetProperty("Column").GetInt32(), index < all.Count - 1))];
    }

    private static string? Text(JsonElement frame, string name) => frame.GetProperty(name).GetString() is { Length: > 0 } text ? text : null;
}
