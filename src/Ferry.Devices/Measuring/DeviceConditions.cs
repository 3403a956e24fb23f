using System.Globalization;

namespace Ferry.Devices;

/// <summary>
/// What figures depend on besides the program: governor, frequency, temperature, supply, load. Read from a device's own files; what it does not tell
/// is null or empty, and nothing is said of it.
/// </summary>
public sealed record DeviceConditions
{
    private const string Cpus = "/sys/devices/system/cpu/cpu";
    private const string Zones = "/sys/class/thermal/thermal_zone";
    private const string Coolers = "/sys/class/thermal/cooling_device";
    private const string Sensors = "/sys/class/hwmon/hwmon";

    /// <summary>The processors.</summary>
    public IReadOnlyList<CpuClock> Clocks { get; init; } = [];

    /// <summary>What the firmware of a Raspberry Pi measures, in kHz: the kernel there does not see the firmware's own throttling.</summary>
    public long? FirmwareClock { get; init; }

    /// <summary>Temperatures in °C with the names of their zones.</summary>
    public IReadOnlyList<(string Zone, double Celsius)> Temperatures { get; init; } = [];

    /// <summary>What the firmware says of now; null where there is none to ask.</summary>
    public Throttling? Throttled { get; init; }

    /// <summary>What it says of the time since it was started.</summary>
    public Throttling ThrottledBefore { get; init; }

    /// <summary>How far the kernel slows the processor down to cool it: the states of cooling devices that are not at rest.</summary>
    public IReadOnlyList<string> Cooling { get; init; } = [];

    /// <summary>How often a processor was too hot since the device was started (x86).</summary>
    public long? HotCount { get; init; }

    /// <summary>The load average of the last minute.</summary>
    public double? Load { get; init; }

    /// <summary>Reads what a device's files and tools said. What is not understood is left out.</summary>
    public static DeviceConditions Read(IReadOnlyList<(string Name, string Content)> files)
    {
        var all = new Dictionary<string, string>();
        foreach (var (name, content) in files)
        {
            all[name] = content.Trim();
        }

        var bits = Bits(all);
        return new()
        {
            Clocks = [.. Folders(all, Cpus).Select(cpu => Clock(all, $"{cpu}/cpufreq/")).Where(clock => clock != new CpuClock(null, null, null, null))],
            FirmwareClock = FirmwareHertz(all) / 1000,
            Temperatures = [.. Folders(all, Zones).Where(zone => Number(all, zone + "/temp") is not null).Select(zone => (Text(all, zone + "/type") ?? "", Number(all, zone + "/temp")!.Value / 1000.0))],
            Throttled = bits is { } now ? (Throttling)(now & 0xF) : Alarm(all),
            ThrottledBefore = (Throttling)((bits ?? 0) >> 16 & 0xF),
            Cooling = [.. Folders(all, Coolers).Where(cooler => Number(all, cooler + "/cur_state") > 0).Select(cooler => Text(all, cooler + "/type")!).Where(SlowsProcessor)],
            HotCount = HotCounts(all) is { Count: > 0 } counts ? counts.Sum() : null,
            Load = Text(all, "/proc/loadavg")?.Split(' ')[0] is { } load && double.TryParse(load, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
        };
    }

    private static CpuClock Clock(Dictionary<string, string> all, string folder) =>
        new(Text(all, folder + "scaling_governor"), Number(all, folder + "scaling_cur_freq"), Number(all, folder + "scaling_max_freq"), Number(all, folder + "cpuinfo_max_freq"));

    private static List<long> HotCounts(Dictionary<string, string> all) =>
        [.. Folders(all, Cpus).Select(cpu => Number(all, cpu + "/thermal_throttle/core_throttle_count")).OfType<long>()];

    /// <summary>A fan is a cooling device, too, and slows nothing down.</summary>
    private static bool SlowsProcessor(string? type) =>
        type is not null && (type.Contains("cpufreq", StringComparison.Ordinal) || type == "Processor");

    /// <summary>"throttled=0x50005" of the tool, "50005" in the file.</summary>
    private static uint? Bits(Dictionary<string, string> all)
    {
        var text = Text(all, "vcgencmd get_throttled") is { } answer
            ? answer.StartsWith("throttled=0x", StringComparison.Ordinal) ? answer["throttled=0x".Length..] : null
            : Text(all, "/sys/devices/platform/soc/soc:firmware/get_throttled");
        return uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? bits : null;
    }

    /// <summary>The kernel's own sensor, where nobody is there to ask the firmware: it knows of the supply only.</summary>
    private static Throttling? Alarm(Dictionary<string, string> all)
    {
        var sensor = Folders(all, Sensors).FirstOrDefault(sensor => Text(all, sensor + "/name") == "rpi_volt");
        return sensor is not null && Number(all, sensor + "/in0_lcrit_alarm") is { } alarm ? alarm != 0 ? Throttling.UnderVoltage : Throttling.None : null;
    }

    private static IEnumerable<string> Folders(Dictionary<string, string> all, string prefix) =>
        all.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.IndexOf('/', prefix.Length) > 0).Select(name => name[..name.IndexOf('/', prefix.Length)]).Distinct();

    private static string? Text(Dictionary<string, string> all, string name) => all.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    /// <summary>"frequency(48)=600117184".</summary>
    private static long? FirmwareHertz(Dictionary<string, string> all) =>
        Text(all, "vcgencmd measure_clock arm") is { } text && text.StartsWith("frequency(", StringComparison.Ordinal) ? Number(text[(text.IndexOf('=') + 1)..]) : null;

    private static long? Number(Dictionary<string, string> all, string name) => Number(Text(all, name));

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
