using Ferry.Devices;

namespace Ferry.Settings;

/// <summary>What was added to the sysroots of emulators. They are no devices of the user's, so they are not among those.</summary>
internal static class EmulatorBook
{
    private static string Folder => Path.Combine(Folders.Config, "emulators");

    public static DeviceRecord? Find(string name) => Read(PathOf(name));

    public static IEnumerable<DeviceRecord> All() => Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*.json").Select(Read).OfType<DeviceRecord>() : [];

    public static void Save(DeviceRecord emulator) => AtomicFile.Write(PathOf(emulator.Name), emulator.ToJson());

    private static DeviceRecord? Read(string path)
    {
        try
        {
            return DeviceRecord.FromJson(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DeviceRecordException)
        {
            return null; // Then nothing was added.
        }
    }

    private static string PathOf(string name) => Path.Combine(Folder, name.Replace(':', '-') + ".json");
}
