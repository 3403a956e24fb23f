using Ferry.Devices;

namespace Ferry.Settings;

/// <summary>What was added to the sysroots of emulators. They are no devices of the user's, so they are not among those.</summary>
internal static class EmulatorBook
{
    public static DeviceRecord? Find(string name)
    {
        try
        {
            return DeviceRecord.FromJson(File.ReadAllBytes(PathOf(name)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DeviceRecordException)
        {
            return null; // Then nothing was added.
        }
    }

    public static void Save(DeviceRecord emulator) => AtomicFile.Write(PathOf(emulator.Name), emulator.ToJson());

    private static string PathOf(string name) => Path.Combine(Folders.Config, "emulators", name.Replace(':', '-') + ".json");
}
