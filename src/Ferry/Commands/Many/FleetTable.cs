using Ferry.Terminal;

namespace Ferry.Commands.Many;

/// <summary>One row a device, when all of them are done. On stderr: stdout has the programs' lines.</summary>
internal static class FleetTable
{
    /// <param name="devices">All of them with a result.</param>
    /// <param name="together">The sum, where each did a part.</param>
    public static void Print(IReadOnlyList<FleetDevice> devices, TestCounts? together = null)
    {
        if (Status.Quiet && devices.All(device => device.Result!.Code == 0))
        {
            return;
        }

        var counted = devices.Any(device => device.Result!.Counts is not null);
        string[] titles = counted ? ["DEVICE", "RESULT", "PASSED", "FAILED", "IGNORED", "TIME"] : ["DEVICE", "RESULT", "TIME"];
        Page.Messages.WriteLine();
        Tables.Print(titles, devices.Select(device => Row(device.Name, device.Result!, counted)).Concat(Sum(together, counted)), onErrors: true);
    }

    private static IEnumerable<string[]> Sum(TestCounts? together, bool counted) =>
        together is { } sum && counted ? [["together", "", $"{sum.Passed}", $"{sum.Failed}", $"{sum.Ignored}", ""]] : [];

    private static string[] Row(string name, DeviceResult result, bool counted)
    {
        string[] counts = !counted ? [] : result.Counts is { } some ? [$"{some.Passed}", $"{some.Failed}", $"{some.Ignored}"] : ["", "", ""];
        return [name, result.Text, .. counts, result.Time is { } time ? Durations.Text(time) : ""];
    }
}
