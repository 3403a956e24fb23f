using System.Globalization;

namespace Ferry.Devices;

/// <summary>The lines of /proc/cpuinfo, whose names differ from architecture to architecture.</summary>
internal static class ProbeCpu
{
    public static CpuFacts Read(ProbeReport report)
    {
        var count = Pairs(report).Count(pair => pair.Name == "processor" && int.TryParse(pair.Value, CultureInfo.InvariantCulture, out _));
        var implementer = Value(report, "CPU implementer")?.ToLowerInvariant();
        var part = Value(report, "CPU part")?.ToLowerInvariant();
        return new CpuFacts
        {
            Count = count > 0 ? count : null,
            Implementer = implementer,
            Part = part,
            Variant = Value(report, "CPU variant"),
            Architecture = Value(report, "CPU architecture"),
            Name = CpuNames.Of(implementer, part),
            ModelText = Value(report, "model name", "Processor", "cpu model", "uarch"),
            Hardware = Value(report, "Hardware", "system type"),
            Features = Value(report, "Features", "flags", "isa")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    /// <summary>The first value that one of the names has.</summary>
    public static string? Value(ProbeReport report, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Pairs(report).FirstOrDefault(pair => pair.Name == name && pair.Value.Length > 0).Value is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, string Value)> Pairs(ProbeReport report) =>
        report.All("cpu").Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0].Trim(), parts[1].Trim()));
}
