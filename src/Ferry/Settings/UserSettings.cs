using System.Text.Json;

namespace Ferry.Settings;

/// <summary>What the user set once for all projects: settings.json in the configuration folder.</summary>
internal sealed record UserSettings
{
    /// <summary>The device that is meant when none is named.</summary>
    public string? DefaultDevice { get; init; }

    public static string File { get; } = Path.Combine(Folders.Config, "settings.json");

    public static UserSettings Load()
    {
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(File), SettingsJson.Default.UserSettings) ?? new();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new();
        }
        catch (JsonException e)
        {
            throw new FerryException($"cannot understand '{File}'", e.Message, "mend the file, or delete it");
        }
    }

    public void Save() => AtomicFile.Write(File, [.. JsonSerializer.SerializeToUtf8Bytes(this, SettingsJson.Default.UserSettings), (byte)'\n']);
}
