using System.Text;
using Ferry.Settings;

namespace Ferry.Doors.Deaths;

/// <summary>The last death of each project on each device, in the cache: a small file each.</summary>
internal static class DeathBook
{
    public const int MostLines = 1 << 14;

    /// <summary>Goes up with every change of the fields: files of another shape are as good as none.</summary>
    private const int Shape = 1;

    private static string Folder => Path.Combine(Folders.Cache, "deaths");

    public static void Keep(string project, string device, DeathReport report)
    {
        var bytes = new MemoryStream();
        using var fields = new BinaryWriter(bytes, Encoding.UTF8);
        fields.Write(Shape);
        fields.Write(DateTime.UtcNow.Ticks);
        fields.Write(project);
        fields.Write(device);
        report.Write(fields);
        fields.Flush();
        AtomicFile.Write(Path.Combine(Folder, NameHash.Of(project + "\0" + device)), bytes.ToArray(), lasting: false);
    }

    /// <summary>The last one of a project, on a device if one is named; null when there is none.</summary>
    public static (DateTime When, string Device, DeathReport Report)? Last(string project, string? device)
    {
        (DateTime When, string Device, DeathReport Report)? last = null;
        foreach (var file in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder) : [])
        {
            if (Read(file) is var (when, ofProject, onDevice, report) && ofProject == project && (device is null || onDevice == device) && !(last?.When > when))
            {
                last = (when, onDevice, report);
            }
        }

        return last;
    }

    /// <summary>The folder that tells projects apart: the outermost above that has a Cargo.toml, which is a workspace's.</summary>
    public static string ProjectOf(string folder) => Lineage.Of(folder).LastOrDefault(above => File.Exists(Path.Combine(above, "Cargo.toml"))) ?? Path.GetFullPath(folder);

    private static (DateTime When, string Project, string Device, DeathReport Report)? Read(string file)
    {
        try
        {
            using var fields = new BinaryReader(new MemoryStream(File.ReadAllBytes(file)), Encoding.UTF8);
            return fields.ReadInt32() == Shape ? (new DateTime(fields.ReadInt64(), DateTimeKind.Utc), fields.ReadString(), fields.ReadString(), DeathReport.Read(fields)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
