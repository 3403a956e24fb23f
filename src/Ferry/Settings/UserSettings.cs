using System.Text.Json;

namespace Ferry.Settings;

/// <summary>
/// What the user set once for all projects: settings.json in the configuration folder. Read and written by hand, since the serializer takes
/// long to start.
/// </summary>
internal sealed record UserSettings
{
    /// <summary>The device that is meant when none is named.</summary>
    public string? DefaultDevice { get; init; }

    public static string File { get; } = Path.Combine(Folders.Config, "settings.json");

    public static UserSettings Load()
    {
        try
        {
            return Parse(System.IO.File.ReadAllBytes(File));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot read your settings from '{File}'", e.Message, $"mend the file, or do without it: rm '{File}'");
        }
    }

    public void Save()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (DefaultDevice is not null)
            {
                json.WriteString("defaultDevice", DefaultDevice);
            }

            json.WriteEndObject();
        }

        AtomicFile.Write(File, [.. stream.ToArray(), (byte)'\n']);
    }

    private static UserSettings Parse(byte[] text)
    {
        var json = new Utf8JsonReader(text);
        var settings = new UserSettings();
        var name = "";
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName when json.CurrentDepth == 1:
                    name = json.GetString()!;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.EndObject when json.CurrentDepth == 0:
                    break;
                default:
                    // GetString throws for what is neither a string nor null.
                    settings = name == "defaultDevice" ? settings with { DefaultDevice = json.GetString() } : throw new JsonException($"it has an unknown setting '{name}'");
                    break;
            }
        }

        return settings;
    }
}
