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
            Cores = Cores(report, count),
            Revision = Revision(report),
            Name = CpuNames.Of(implementer, part),
            ModelText = Value(report, "model name", "Processor", "cpu model", "uarch"),
            Hardware = Value(report, "Hardware", "system type"),
            Features = Value(report, "Features", "flags", "isa")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    // A kernel that prints the numbers for each processor says "processor" before them; an older one of 32-bit ARM prints them once, behind all.
    private static List<CpuCore> Cores(ProbeReport report, int processors)
    {
        var cores = new List<CpuCore>();
        string? implementer = null, variant = null;
        foreach (var (name, value) in Pairs(report))
        {
            switch (name)
            {
                case "CPU implementer":
                    (implementer, variant) = (value.ToLowerInvariant(), null);
                    break;
                case "CPU variant":
                    variant = value.ToLowerInvariant();
                    break;
                case "CPU part" when implementer is not null && value.Length > 0:
                    Count(cores, implementer, value.ToLowerInvariant(), variant);
                    break;
            }
        }

        return cores is [{ Count: 1 } only] && processors > 1 ? [only with { Count = processors }] : cores;
    }

    private static void Count(List<CpuCore> cores, string implementer, string part, string? variant)
    {
        var at = cores.FindIndex(core => core.Implementer == implementer && core.Part == part && core.Variant == variant);
        if (at >= 0)
        {
            cores[at] = cores[at] with { Count = cores[at].Count + 1 };
        }
        else
        {
            cores.Add(new CpuCore { Implementer = implementer, Part = part, Variant = variant, Name = CpuNames.Of(implementer, part), Count = 1 });
        }
    }

    // "0000" is what a kernel prints that knows none. The device tree has it as a big-endian word.
    private static string? Revision(ProbeReport report) =>
        new[] { Value(report, "Revision"), report.First("revision") }
            .Select(code => code?.ToLowerInvariant().TrimStart('0'))
            .FirstOrDefault(code => code is { Length: > 0 and <= 8 } && code.All(char.IsAsciiHexDigit)) is { } found ? found.PadLeft(4, '0') : null;

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
