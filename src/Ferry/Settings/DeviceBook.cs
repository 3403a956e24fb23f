using Ferry.Devices;

namespace Ferry.Settings;

/// <summary>The user's devices: one JSON file each.</summary>
internal static class DeviceBook
{
    private static string Folder => Path.Combine(Folders.Config, "devices");

    public static IReadOnlyList<string> Names() =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order()] : [];

    /// <summary>All that can be read; <paramref name="unreadable"/> hears of the others, since one broken file is no reason to do without the rest.</summary>
    public static IEnumerable<DeviceRecord> All(Action<FerryException>? unreadable = null) => Names().Select(name => Readable(name, unreadable)).OfType<DeviceRecord>();

    /// <summary>The device of that name, or null. Throws when its file cannot be understood.</summary>
    public static DeviceRecord? Find(string name)
    {
        try
        {
            return DeviceRecord.FromJson(File.ReadAllBytes(PathOf(name)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is DeviceRecordException or IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot read the device '{name}' from '{PathOf(name)}'", e.Message, $"ask the device again: ferry device add {name} [USER@]HOST");
        }
    }

    /// <summary>The same, with null for a file that cannot be understood.</summary>
    public static DeviceRecord? Readable(string name, Action<FerryException>? unreadable = null)
    {
        try
        {
            return Find(name);
        }
        catch (FerryException e)
        {
            unreadable?.Invoke(e);
            return null;
        }
    }

    /// <summary>What a run needs of the device of that name, or null. Throws as <see cref="Find"/> does.</summary>
    public static DeviceSummary? Summary(string name)
    {
        var file = new FileInfo(PathOf(name));
        if (file.Exists && SummaryCache.Find(name, file) is { } kept)
        {
            return kept;
        }

        if (Find(name) is not { } record)
        {
            return null;
        }

        var summary = DeviceSummary.Of(record) with { Name = name };
        SummaryCache.Keep(summary, file);
        return summary;
    }

    public static void Save(DeviceRecord device) => AtomicFile.Write(PathOf(device.Name), device.ToJson());

    public static void Remove(string name) => File.Delete(PathOf(name));

    private static string PathOf(string name) => Path.Combine(Folder, name + ".json");
}
