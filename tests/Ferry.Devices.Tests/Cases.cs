using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>Reports as devices gave them. Those named board-… came from the emulated boards of tests/lab over ssh; those named pi… were recorded in Debian's armhf and arm64, with a board's own words put in for kernel, processor and model; router-static was written by hand.</summary>
public static class Cases
{
    public static string Folder { get; } = Repository.PathOf("tests", "Ferry.Devices.Tests", "cases");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.report").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".report"));

    public static DeviceProfile Profile(string name) => ProbeReport.Parse(Read(name));
}
