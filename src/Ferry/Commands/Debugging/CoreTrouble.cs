using Ferry.Devices;
using Ferry.Remote.Cores;
using Ferry.Remote.Ssh;

namespace Ferry.Commands.Debugging;

/// <summary>Why there is no core to look at, by what the device has said.</summary>
internal static class CoreTrouble
{
    private const string Keep = "to have cores kept: ulimit -c unlimited where the program is started (LimitCORE=infinity in a service), or install systemd-coredump there";

    public static FerryException None(DeviceRecord device, string program, CoreSearch search)
    {
        var how = search.Pattern switch
        {
            "" => "it does not tell what it does with cores (/proc/sys/kernel/core_pattern)",
            ['|', ..] => $"its kernel hands cores to '{search.Pattern[1..].Split(' ')[0]}' (/proc/sys/kernel/core_pattern)",
            _ => $"its kernel writes cores to '{search.Pattern}' (/proc/sys/kernel/core_pattern){(search.Limit == "0" ? ", but of what a login starts none (ulimit -c is 0)" : "")}",
        };
        return new($"there is no core of '{program}' on device '{device.Name}'", $"{how}; looked at {string.Join(", ", search.Looked.Where(place => !place.EndsWith(".*", StringComparison.Ordinal) || place.Contains("coredump", StringComparison.Ordinal)))}", Help(device, program, search));
    }

    public static FerryException NotReadable(DeviceRecord device, FoundCore core) =>
        new($"you may not read '{core.Path}' on device '{device.Name}'", null, $"ssh {device.Address} sudo cat {ShellQuote.Posix(core.Path)} > {ShellQuote.Posix(DevicePath.Name(core.Path))}, then ferry debug --core {ShellQuote.Posix(DevicePath.Name(core.Path))}");

    private static string Help(DeviceRecord device, string program, CoreSearch search) =>
        search.Pattern.Contains("systemd-coredump", StringComparison.Ordinal) ? $"what it knows of: ssh {device.Address} coredumpctl list {ShellQuote.Posix(program)}"
        : search.Pattern.StartsWith('|') ? "when that program keeps cores, copy one here: ferry debug --core FILE"
        : Keep;
}
