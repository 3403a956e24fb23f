using System.Text;
using Ferry.Devices;

namespace Ferry.Settings;

/// <summary>
/// Keeps the few facts of a device that a run needs, as a plain row of fields: System.Text.Json takes longer to start than everything else on the
/// way of an unchanged program. Good as long as the device's own file is the same.
/// </summary>
internal static class SummaryCache
{
    /// <summary>Goes up with every change of the fields.</summary>
    private const int Shape = 1;

    public static DeviceSummary? Find(string name, FileInfo record)
    {
        try
        {
            using var fields = new BinaryReader(new MemoryStream(File.ReadAllBytes(PathOf(name))), Encoding.UTF8);
            return fields.ReadInt32() == Shape && fields.ReadInt64() == record.Length && fields.ReadInt64() == record.LastWriteTimeUtc.Ticks ? Read(fields) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    public static void Keep(DeviceSummary device, FileInfo record)
    {
        var bytes = new MemoryStream();
        using var fields = new BinaryWriter(bytes, Encoding.UTF8);
        fields.Write(Shape);
        fields.Write(record.Length);
        fields.Write(record.LastWriteTimeUtc.Ticks);
        fields.Write(device.ProbedAt);
        foreach (var text in (string?[])[device.Name, device.Address, device.Triple, device.Folder, device.Home, device.SysrootId])
        {
            fields.Write(text ?? "");
        }

        fields.Flush();
        AtomicFile.Write(PathOf(device.Name), bytes.ToArray(), lasting: false);
    }

    private static DeviceSummary Read(BinaryReader fields) => new()
    {
        ProbedAt = fields.ReadInt64(),
        Name = fields.ReadString(),
        Address = fields.ReadString(),
        Triple = Text(fields),
        Folder = Text(fields),
        Home = Text(fields),
        SysrootId = Text(fields),
    };

    private static string? Text(BinaryReader fields) => fields.ReadString() is { Length: > 0 } text ? text : null;

    private static string PathOf(string name) => Path.Combine(Folders.Cache, "devices", name);
}
