namespace Ferry.Lab;

/// <summary>What lies in an agent's folder, without the locks by which agents take turns: those stay, and hold nothing.</summary>
public static class DeviceFiles
{
    public static string[] In(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("measuring.", StringComparison.Ordinal))];
}
