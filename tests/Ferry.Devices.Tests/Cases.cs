using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>Reports as devices gave them. Those named board-… came from the emulated boards of tests/lab over ssh; those named pi… were recorded in Debian's armhf and arm64, with a board's own words put in for kernel, processor and model; the others were written by hand, after what such devices say.</summary>
public static class Cases
{
    public static string Folder { get; } = Repository.PathOf("tests", "Ferry.Devices.Tests", "cases");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.report").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".report"));

    /// <summary>A case with other lines in its report.</summary>
    public static DeviceProfile Edited(string name, Func<IEnumerable<string>, IEnumerable<string>> edit)
    {
        var lines = System.Text.Encoding.UTF8.GetString(Read(name)).Trim('\n').Split('\n');
        return ProbeReport.Parse(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [lines[0], .. edit(lines[1..^1]), lines[^1], ""])));
    }

    public static DeviceProfile Profile(string name) => ProbeReport.Parse(Read(name));
}
