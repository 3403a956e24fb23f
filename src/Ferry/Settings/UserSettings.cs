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
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot read your settings from '{File}'", e.Message, $"mend the file, or do without it: rm '{File}'");
        }
    }

    public void Save() => AtomicFile.Write(File, [.. JsonSerializer.SerializeToUtf8Bytes(this, SettingsJson.Default.UserSettings), (byte)'\n']);
}
