using System.Text.Json;

namespace Ferry.Toolchain;

/// <summary>
/// <c>link.json</c>: what the linker door must know. It lies beside the door's own name in a <see cref="LinkFolder"/>, with the
/// start objects and <c>lib/</c>, so that the environment of a link says nothing that cargo would not see. Read and written by hand: the
/// serializer takes longer to start than everything else that the door does.
/// </summary>
internal sealed record LinkSettings
{
    public const string FileName = "link.json";

    /// <summary>Goes up when a folder's content changes its meaning: older folders are then made again, under another name.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required string Target { get; init; }

    /// <summary>The linker to take where rustc has put none of its own on the PATH.</summary>
    public required string Linker { get; init; }

    /// <summary>The sysroot's folder; empty for programs that bring everything.</summary>
    public required string Sysroot { get; init; }

    public required string? Interpreter { get; init; }

    public required string? Loader { get; init; }

    /// <summary>The sysroot's own library folders, behind <c>lib/</c>.</summary>
    public required string[] LibraryFolders { get; init; }

    /// <summary>The glibc that the libraries in <c>lib/</c> are like, such as 2.28; null where they are the sysroot's own. See <see cref="OldGlibc"/>.</summary>
    public string? Glibc { get; init; }

    /// <summary>
    /// Only where the device's target is this PC's, too: the linker for what runs here (build scripts, proc macros) where there is no cc.
    /// </summary>
    public required string? HostLinker { get; init; }

    /// <summary>Null where there is none, one that was cut short, or one of another version.</summary>
    public static LinkSettings? Read(string folder)
    {
        try
        {
            return Parse(File.ReadAllBytes(Path.Combine(folder, FileName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Beside it and renamed: a link that runs at this moment reads the old or the new one.</summary>
    public void Write(string folder)
    {
        var beside = Path.Combine(folder, $"{FileName}.{Environment.ProcessId}-{Path.GetRandomFileName()}");
        File.WriteAllBytes(beside, ToBytes());
        File.Move(beside, Path.Combine(folder, FileName), overwrite: true);
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("target", Target);
            json.WriteString("linker", Linker);
            json.WriteString("sysroot", Sysroot);
            json.WriteString("interpreter", Interpreter);
            json.WriteString("loader", Loader);
            json.WriteString("hostLinker", HostLinker);
            json.WriteString("glibc", Glibc);
            json.WriteStartArray("libraryFolders");
            foreach (var folder in LibraryFolders)
            {
                json.WriteStringValue(folder);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static LinkSettings? Parse(byte[] bytes)
    {
        var json = new Utf8JsonReader(bytes);
        var values = new Dictionary<string, string?>();
        var folders = new List<string>();
        var name = "";
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                name = json.GetString()!;
            }
            else if (json.TokenType == JsonTokenType.String && name == "libraryFolders")
            {
                folders.Add(json.GetString()!);
            }
            else if (json.TokenType is JsonTokenType.String or JsonTokenType.Null)
            {
                values[name] = json.GetString();
            }
            else if (json.TokenType == JsonTokenType.Number && json.GetInt32() != CurrentVersion)
            {
                return null;
            }
        }

        return new()
        {
            Version = CurrentVersion,
            Target = Needed(values, "target"),
            Linker = Needed(values, "linker"),
            Sysroot = Needed(values, "sysroot"),
            Interpreter = values.GetValueOrDefault("interpreter"),
            Loader = values.GetValueOrDefault("loader"),
            HostLinker = values.GetValueOrDefault("hostLinker"),
            Glibc = values.GetValueOrDefault("glibc"),
            LibraryFolders = [.. folders],
        };
    }

    private static string Needed(Dictionary<string, string?> values, string name) =>
        values.GetValueOrDefault(name) ?? throw new JsonException($"no {name}");
}
