using System.Text;
using System.Text.Json;
using Ferry.Processes;
using Ferry.Settings;

namespace Ferry.Remote.Trees;

/// <summary>
/// What cargo knows of a package, as far as its tests need it: asked once (<c>cargo metadata</c>), and again when a Cargo.toml or one of the
/// folders has changed in which cargo finds programs and tests by itself.
/// </summary>
internal sealed record CrateFacts
{
    private const int Shape = 1;

    /// <summary>The package's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The workspace's folder.</summary>
    public required string Workspace { get; init; }

    /// <summary>Where cargo says that its output goes; <c>--target-dir</c> may say otherwise.</summary>
    public required string Target { get; init; }

    /// <summary>The package's programs by name.</summary>
    public required IReadOnlyList<string> Programs { get; init; }

    /// <summary>Its integration tests and benchmarks, for which cargo builds the programs.</summary>
    public required IReadOnlyList<string> Tests { get; init; }

    /// <summary>The folders of the workspace's other packages.</summary>
    public required IReadOnlyList<string> Others { get; init; }

    /// <summary>See <see cref="ProjectSettings.Files"/>.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>See <see cref="ProjectSettings.Results"/>.</summary>
    public IReadOnlyList<string>? Results { get; init; }

    public bool Paths { get; init; } = true;

    /// <summary>Null when cargo does not answer; <paramref name="warn"/> then hears why.</summary>
    public static CrateFacts? Of(string folder, Action<string> warn)
    {
        var place = Path.Combine(Ferry.Settings.Folders.Cache, "trees", "facts-" + NameHash.Of(folder));
        if (Kept(place, folder) is { } kept)
        {
            return kept;
        }

        var cargo = Environment.GetEnvironmentVariable("CARGO") is { Length: > 0 } own ? own : "cargo";
        var answer = Tool.Run(cargo, ["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path", Path.Combine(folder, "Cargo.toml")]);
        if (!answer.Succeeded)
        {
            warn($"cargo does not tell what belongs to the package in '{folder}': its tests run without its files ({answer.Errors.Trim()})");
            return null;
        }

        var facts = Read(answer.Output, folder);
        AtomicFile.Write(place, facts.ToBytes(), lasting: false);
        return facts;
    }

    /// <summary>What <c>cargo metadata</c> printed, for the package of a folder.</summary>
    internal static CrateFacts Read(string metadata, string folder)
    {
        var settings = ProjectSettings.Read(metadata, folder, package: null);
        using var document = JsonDocument.Parse(metadata);
        var root = document.RootElement;
        var packages = root.GetProperty("packages").EnumerateArray().Select(package => (Folder: Path.GetDirectoryName(package.GetProperty("manifest_path").GetString()!)!, Json: package)).ToList();
        var targets = packages.Where(package => package.Folder == folder).SelectMany(package => package.Json.GetProperty("targets").EnumerateArray()).ToList();
        return new CrateFacts
        {
            Folder = folder,
            Workspace = root.GetProperty("workspace_root").GetString()!,
            Target = root.GetProperty("target_directory").GetString()!,
            Programs = Named(targets, "bin"),
            Tests = Named(targets, "test", "bench"),
            Others = [.. packages.Select(package => package.Folder).Where(other => other != folder)],
            Files = settings.Files,
            Results = settings.Results,
            Paths = settings.Paths,
        };
    }

    private static List<string> Named(List<JsonElement> targets, params string[] kinds) =>
        [.. targets.Where(target => target.GetProperty("kind").EnumerateArray().Any(kind => kinds.Contains(kind.GetString()))).Select(target => target.GetProperty("name").GetString()!)];

    /// <summary>By whose times of change it is noticed that cargo would answer something else.</summary>
    private static string Stamp(string folder, string workspace)
    {
        var stamp = new StringBuilder();
        foreach (var path in (string[])[Path.Combine(folder, "Cargo.toml"), Path.Combine(workspace, "Cargo.toml"), Path.Combine(folder, "src"), Path.Combine(folder, "src", "bin"), Path.Combine(folder, "tests"), Path.Combine(folder, "benches")])
        {
            stamp.Append(File.GetLastWriteTimeUtc(path).Ticks).Append(' ');
        }

        return stamp.Append(Environment.GetEnvironmentVariable("CARGO_TARGET_DIR")).ToString();
    }

    private static CrateFacts? Kept(string place, string folder)
    {
        try
        {
            using var fields = new BinaryReader(new MemoryStream(File.ReadAllBytes(place)), Encoding.UTF8);
            if (fields.ReadInt32() != Shape || fields.ReadString() != folder)
            {
                return null;
            }

            var (stamp, workspace) = (fields.ReadString(), fields.ReadString());
            return stamp != Stamp(folder, workspace) ? null : new CrateFacts
            {
                Folder = folder,
                Workspace = workspace,
                Target = fields.ReadString(),
                Programs = Texts(fields) ?? [],
                Tests = Texts(fields) ?? [],
                Others = Texts(fields) ?? [],
                Files = Texts(fields),
                Results = Texts(fields),
                Paths = fields.ReadBoolean(),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private byte[] ToBytes()
    {
        var bytes = new MemoryStream();
        using var fields = new BinaryWriter(bytes, Encoding.UTF8);
        fields.Write(Shape);
        fields.Write(Folder);
        fields.Write(Stamp(Folder, Workspace));
        fields.Write(Workspace);
        fields.Write(Target);
        foreach (var texts in (IReadOnlyList<string>?[])[Programs, Tests, Others, Files, Results])
        {
            fields.Write(texts?.Count ?? -1);
            foreach (var text in texts ?? [])
            {
                fields.Write(text);
            }
        }

        fields.Write(Paths);
        fields.Flush();
        return bytes.ToArray();
    }

    private static string[]? Texts(BinaryReader fields)
    {
        var count = fields.ReadInt32();
        if (count < 0)
        {
            return null;
        }

        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = fields.ReadString();
        }

        return texts;
    }
}
