using System.Globalization;

namespace Ferry.Devices;

/// <summary>Conditions in a line, and what they make doubtful.</summary>
public static class ConditionsText
{
    private static readonly (Throttling Bit, string Word)[] Words =
    [
        (Throttling.UnderVoltage, "under-voltage"),
        (Throttling.FrequencyCapped, "frequency capped"),
        (Throttling.Throttled, "throttled"),
        (Throttling.SoftTemperatureLimit, "soft temperature limit"),
    ];

    /// <summary>"governor ondemand, 600 of 1500 MHz, 48.3 °C, load 0.08"; empty when the device tells nothing.</summary>
    public static string Line(DeviceConditions conditions)
    {
        string?[] parts =
        [
            Governors(conditions) is { Count: > 0 } governors ? $"governor {string.Join(" and ", governors)}" : null,
            .. Frequencies(conditions),
            Temperature(conditions),
            conditions.Load is { } load ? "load " + load.ToString("0.00", CultureInfo.InvariantCulture) : null,
            conditions.Throttled is { } now and not Throttling.None ? "now " + Of(now) : null,
            conditions.ThrottledBefore != Throttling.None ? Of(conditions.ThrottledBefore) + " since it was started" : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    /// <summary>What makes figures that were measured between the two doubtful, each with what helps, if anything is known to.</summary>
    public static IReadOnlyList<(string Doubt, string? Help)> Doubts(DeviceConditions before, DeviceConditions after)
    {
        var doubts = new List<(string, string?)>();
        var governors = Governors(before).Union(Governors(after)).ToList();
        if (governors.Any(governor => governor != "performance"))
        {
            doubts.Add((
                $"the figures depend on what ran before: the CPU governor is '{string.Join("' and '", governors)}'",
                "on the device: echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor"));
        }

        // What was so since the start before we began may or may not have been so again.
        var during = (before.Throttled ?? 0) | (after.Throttled ?? 0) | (after.ThrottledBefore & ~before.ThrottledBefore);
        if (during != Throttling.None)
        {
            doubts.Add(($"the processor was slowed down during the measurement: {Of(during)}", during.HasFlag(Throttling.UnderVoltage) ? "a stronger power supply, or a shorter cable" : "better cooling"));
        }

        if (before.Cooling.Union(after.Cooling).ToList() is { Count: > 0 } coolers)
        {
            doubts.Add(($"the processor was slowed down to cool it: {string.Join(", ", coolers)}", "better cooling"));
        }

        if (after.HotCount > before.HotCount)
        {
            doubts.Add(($"a processor was too hot {after.HotCount - before.HotCount} times during the measurement", "better cooling"));
        }

        return doubts;
    }

    private static string Of(Throttling bits) => string.Join(", ", Words.Where(word => bits.HasFlag(word.Bit)).Select(word => word.Word));

    private static List<string> Governors(DeviceConditions conditions) =>
        [.. conditions.Clocks.Select(clock => clock.Governor).OfType<string>().Distinct()];

    /// <summary>A part for each kind of processor: big and little ones differ in what they can do.</summary>
    private static IEnumerable<string> Frequencies(DeviceConditions conditions)
    {
        foreach (var kind in conditions.Clocks.Where(clock => clock.Now is not null).GroupBy(clock => clock.Highest))
        {
            var now = Range(conditions.FirmwareClock is { } measured ? [measured] : kind.Select(clock => clock.Now!.Value));
            var capped = kind.Select(clock => clock.Limit).OfType<long>().Where(limit => limit < kind.Key).ToList();
            yield return $"{now}{(kind.Key is { } highest ? " of " + Megahertz(highest) : "")} MHz{(capped.Count > 0 ? $" (capped at {Range(capped)})" : "")}";
        }
    }

    private static string Range(IEnumerable<long> values)
    {
        var (low, high) = (Megahertz(values.Min()), Megahertz(values.Max()));
        return low == high ? low : $"{low}–{high}";
    }

    private static string Megahertz(long kilohertz) => ((kilohertz + 500) / 1000).ToString(CultureInfo.InvariantCulture);

    /// <summary>The processor's where a zone is called so; else the hottest, with its name.</summary>
    private static string? Temperature(DeviceConditions conditions)
    {
        if (conditions.Temperatures.Count == 0)
        {
            return null;
        }

        string[] names = ["cpu", "soc", "pkg"];
        var own = conditions.Temperatures.Where(one => names.Any(name => one.Zone.Contains(name, StringComparison.Ordinal))).ToList();
        var (zone, celsius) = (own.Count > 0 ? own : conditions.Temperatures).MaxBy(one => one.Celsius);
        return celsius.ToString("0.0", CultureInfo.InvariantCulture) + " °C" + (own.Count > 0 || zone.Length == 0 ? "" : $" ({zone})");
    }
}
