using System.Text.Json;

namespace Ferry.Settings;

/// <summary>
/// What a project says about itself, in <c>[package.metadata.ferry]</c> or <c>[workspace.metadata.ferry]</c> of its Cargo.toml.
/// The package's word goes before the workspace's.
/// </summary>
internal sealed record ProjectSettings
{
    private static readonly string[] Known = ["device", "folder", "static", "glibc", "env", "timeout", "allow-newer-code", "files", "results", "paths"];

    public Setting<string>? Device { get; init; }

    public Setting<string>? Folder { get; init; }

    public Setting<bool>? Static { get; init; }

    /// <summary>The glibc that programs must run with: a version, or a device's name.</summary>
    public Setting<string>? Glibc { get; init; }

    /// <summary>How long a program may run.</summary>
    public Setting<TimeSpan>? Timeout { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>See <see cref="NewerCode"/>; the package's and the workspace's together.</summary>
    public IReadOnlyList<string> AllowNewerCode { get; init; } = [];

    /// <summary>Globs of the files that go along with tests, and with programs that <c>ferry run</c> starts; null where nothing is said.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>Globs of what a program leaves behind for this PC; null where nothing is said.</summary>
    public IReadOnlyList<string>? Results { get; init; }

    /// <summary>Whether tests see this PC's paths on the device.</summary>
    public bool Paths { get; init; } = true;

    /// <summary>
    /// Reads what <c>cargo metadata --no-deps</c> printed; <paramref name="folder"/> is where the user is, and
    /// <paramref name="package"/> what cargo's <c>-p</c> named, if anything.
    /// </summary>
    public static ProjectSettings Read(string cargoMetadata, string folder, string? package)
    {
        using var document = JsonDocument.Parse(cargoMetadata);
        var root = document.RootElement;
        var settings = new ProjectSettings();
        if (FerryTable(root) is { } workspace)
        {
            settings = settings.With(workspace, "[workspace.metadata.ferry]");
        }

        return Package(root, folder, package) is { } own && FerryTable(own) is { } table ? settings.With(table, "[package.metadata.ferry]") : settings;
    }

    private ProjectSettings With(JsonElement table, string origin)
    {
        var settings = this;
        foreach (var entry in table.EnumerateObject())
        {
            settings = entry.Name switch
            {
                "device" => settings with { Device = new(Text(entry, origin), origin) },
                "folder" => settings with { Folder = new(Text(entry, origin), origin) },
                "static" => settings with { Static = new(Truth(entry, origin), origin) },
                "glibc" => settings with { Glibc = new(Text(entry, origin), origin) },
                "timeout" => settings with { Timeout = new(TimeLimit.Parse(Text(entry, origin), $"timeout in {origin}"), origin) },
                "env" => settings with { Environment = Merged(settings.Environment, entry, origin) },
                "allow-newer-code" => settings with { AllowNewerCode = [.. settings.AllowNewerCode, .. Names(entry, origin)] },
                "files" => settings with { Files = Texts(entry, origin) },
                "results" => settings with { Results = Texts(entry, origin) },
                "paths" => settings with { Paths = Truth(entry, origin) },
                _ => throw new FerryException(
                    $"unknown setting '{entry.Name}' in {origin} of Cargo.toml",
                    help: Spelling.Nearest(entry.Name, Known) is { } near ? $"did you mean '{near}'?" : $"the settings are: {string.Join(", ", Known)}"),
            };
        }

        return settings;
    }

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> before, JsonProperty entry, string origin)
    {
        if (entry.Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(entry, origin, "a table such as { RUST_LOG = \"debug\" }");
        }

        var merged = new Dictionary<string, string>(before);
        foreach (var variable in entry.Value.EnumerateObject())
        {
            merged[variable.Name] = Text(variable, origin + ".env");
        }

        return merged;
    }

    private static List<string> Names(JsonProperty entry, string origin) =>
        entry.Value.ValueKind == JsonValueKind.Array && entry.Value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String && !name.GetString()!.Contains(','))
            ? entry.Value.EnumerateArray().Select(name => name.GetString()!).ToList() : throw Wrong(entry, origin, "a list of crates such as [\"openssl-sys\"]");

    private static List<string> Texts(JsonProperty entry, string origin) =>
        entry.Value.ValueKind == JsonValueKind.Array && entry.Value.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String)
            ? entry.Value.EnumerateArray().Select(text => text.GetString()!).ToList() : throw Wrong(entry, origin, "a list of patterns such as [\"testdata/**\"]");

    private static string Text(JsonProperty entry, string origin) =>
        entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : throw Wrong(entry, origin, "a string");

    private static bool Truth(JsonProperty entry, string origin) =>
        entry.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? entry.Value.GetBoolean() : throw Wrong(entry, origin, "true or false");

    private static FerryException Wrong(JsonProperty entry, string origin, string wanted) =>
        new($"'{entry.Name}' in {origin} of Cargo.toml is not {wanted}", $"it is: {entry.Value.GetRawText()}");

    private static JsonElement? FerryTable(JsonElement owner) =>
        owner.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("ferry", out var ferry) && ferry.ValueKind == JsonValueKind.Object ? ferry : null;

    /// <summary>The package that cargo works on: the one named, else the one whose folder the user is in (the deepest such).</summary>
    private static JsonElement? Package(JsonElement root, string folder, string? name)
    {
        var packages = root.GetProperty("packages").EnumerateArray().ToList();
        var chosen = name is not null
            ? packages.Where(p => p.GetProperty("name").GetString() == name.Split('@')[0])
            : packages.Where(p => IsInside(folder, FolderOf(p))).OrderByDescending(p => FolderOf(p).Length);
        return chosen.Select(p => (JsonElement?)p).FirstOrDefault() ?? (packages.Count == 1 ? packages[0] : null);
    }

    private static string FolderOf(JsonElement package) => Path.GetDirectoryName(package.GetProperty("manifest_path").GetString()!)!;

    private static bool IsInside(string folder, string parent) =>
        Path.GetRelativePath(parent, folder) is var way && !Path.IsPathRooted(way) && way != ".." && !way.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
