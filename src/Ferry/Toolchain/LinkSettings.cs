using System.Text.Json;

namespace Ferry.Toolchain;

/// <summary>
/// <c>link.json</c>: what the linker door must know. It lies beside the door's own name in a <see cref="LinkFolder"/>, with the
/// start objects and <c>lib/</c>, so that the environment of a link says nothing that cargo would not see.
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

    /// <summary>
    /// Only where the device's target is this PC's, too: the linker for what runs here (build scripts, proc macros) where there is no cc.
    /// </summary>
    public required string? HostLinker { get; init; }

    /// <summary>Null where there is none, or one that was cut short.</summary>
    public static LinkSettings? Read(string folder)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, FileName)), LinkSettingsJson.Default.LinkSettings);
            return settings?.Version == CurrentVersion ? settings : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
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

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LinkSettingsJson.Default.LinkSettings);
}
