using System.Globalization;
using Ferry.Devices;
using Ferry.Remote.Agent;
using Ferry.Terminal;

namespace Ferry.Doors;

/// <summary>What is said around a benchmark's figures: whom it waits for, the device's conditions before and after, and what they make doubtful.</summary>
internal sealed class MeasuringReport(string device, string program)
{
    private DeviceConditions before = new();

    public RunNews News => new(Wait, Tell);

    private void Wait(DeviceWait wait)
    {
        var benchmark = $"a benchmark of '{Benchmark.Title(wait.Program)}'";
        var reason = wait.Reason switch
        {
            WaitReason.Measured => $"{benchmark} is being measured (started {Clock(wait.Since)})",
            WaitReason.Next => $"{benchmark} is measured next, when all programs there have ended",
            _ => "other programs run there (to measure beside them: --no-lock)",
        };
        Status.Say("Waiting", $"for device '{device}': {reason}");
    }

    private void Tell(bool isAfter, IReadOnlyList<(string Name, string Content)> files)
    {
        var conditions = DeviceConditions.Read(files);
        if (ConditionsText.Line(conditions) is { Length: > 0 } line)
        {
            Status.Say(isAfter ? "Measured" : "Measuring", $"{Benchmark.Title(program)} on {device}: {line}");
        }

        if (!isAfter)
        {
            before = conditions;
            return;
        }

        foreach (var (doubt, help) in ConditionsText.Doubts(before, conditions))
        {
            Status.Warn(help is null ? doubt : $"{doubt}\nhelp: {help}");
        }
    }

    // By this PC's clock and the time that has passed there: a device's own calendar may be of 1970.
    private static string Clock(TimeSpan since)
    {
        var begin = DateTime.Now - since;
        return begin.ToString(since > TimeSpan.FromHours(20) ? "yyyy-MM-dd HH:mm" : "HH:mm", CultureInfo.InvariantCulture);
    }
}
