using System.Globalization;

namespace Ferry.Benchmarks;

/// <summary>What measures, and how busy it is with other things; without names and paths.</summary>
public sealed record Machine(string Described, double Load)
{
    public const string Part = "machine";

    public static Machine Now()
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        var system = File.ReadLines("/etc/os-release").FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?.Split('"')[1] ?? "unknown system";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        var load = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        return new($"{Environment.ProcessorCount} cores ({cpu}), {memory} GiB, {system}", load);
    }

    /// <summary>Whether a part was measured to its end.</summary>
    public static bool Has(Results results, string part, string board) => results.Holds(Part, $"{part} {board}");

    public static void Forget(Results results, string part, string board) => results.Forget(Part, $"{part} {board}");

    /// <summary>The row of a part's machine: the load before it and after it, which is its own for a good deal.</summary>
    public void AddTo(Results results, string part, string board)
    {
        Forget(results, part, board);
        results.Append(Part, $"{part} {board}", Described, "this machine", "load", Load);
        results.Append(Part, $"{part} {board}", Described, "this machine", "load", Now().Load);
    }
}
