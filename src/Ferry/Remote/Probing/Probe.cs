using Ferry.Devices;

namespace Ferry.Remote.Probing;

/// <summary>Asks a device what it is, in one round trip: device/probe.sh goes there, its report comes back.</summary>
internal static class Probe
{
    /// <summary>A report is some 10 to 50 kB; a device that sends more than this is not making one.</summary>
    private const int LongestReport = 16 << 20;

    public static string Script { get; } = CarriedFile.Text("probe.sh");

    /// <summary>Throws <see cref="FerryException"/> (exit 3) when no whole report comes back.</summary>
    public static DeviceProfile Run(RunRemoteScript run, string device)
    {
        try
        {
            using var output = run(Script);
            return ProbeReport.Parse(ReadAll(output));
        }
        catch (ProbeReportException e)
        {
            throw new FerryException(
                $"device '{device}' did not say what it is",
                e.Message,
                "does its login give a POSIX shell? check with: ssh HOST 'exec sh -c \"echo yes\"'",
                ExitCode.DeviceUnreachable);
        }
    }

    private static byte[] ReadAll(Stream output)
    {
        var all = new MemoryStream();
        var part = new byte[64 << 10];
        for (int count; (count = output.Read(part)) > 0;)
        {
            all.Write(part, 0, count);
            if (all.Length > LongestReport)
            {
                throw new ProbeReportException($"it sent more than {LongestReport >> 20} MB");
            }
        }

        return all.ToArray();
    }
}
