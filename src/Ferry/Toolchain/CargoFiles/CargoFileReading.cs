using System.Text.Json;
using Ferry.Processes;

namespace Ferry.Toolchain.CargoFiles;

/// <summary>What cargo finds in its configuration: each single value by the names that lead to it.</summary>
internal static class CargoFileReading
{
    // No name has it.
    private const char Separator = '\u001f';

    public static string Join(IEnumerable<string> names) => string.Join(Separator, names);

    /// <summary>As people write it.</summary>
    public static string Shown(string path) => path.Replace(Separator, '.');

    /// <summary>Whether a value is this one, or lies in it.</summary>
    public static bool IsIn(string path, string outer) => path == outer || path.StartsWith(outer + Separator, StringComparison.Ordinal);

    /// <summary>What a file of this text says, alone. Throws <see cref="FerryException"/> when cargo cannot read it.</summary>
    public static IReadOnlyDictionary<string, string> OfText(RustToolchain rust, string text)
    {
        var folder = Directory.CreateTempSubdirectory("ferry-init-").FullName;
        try
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, ".cargo")).FullName, "config.toml");
            File.WriteAllText(file, text);
            // In a home without a file of its own: the user's other files are another matter.
            return Ask(rust, folder, new Dictionary<string, string?> { ["CARGO_HOME"] = Path.Combine(folder, "home") });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What all files that count in a folder say together. Throws <see cref="FerryException"/> when cargo cannot read one of them.</summary>
    public static IReadOnlyDictionary<string, string> InFolder(RustToolchain rust, string folder) => Ask(rust, folder, new Dictionary<string, string?>());

    /// <summary>The command is not stable yet: it says so unless it is told that it is a nightly.</summary>
    private static Dictionary<string, string> Ask(RustToolchain rust, string folder, Dictionary<string, string?> variables)
    {
        variables["RUSTC_BOOTSTRAP"] = "1";
        var result = Tool.Run(rust.Cargo, [.. rust.Prefix, "-Z", "unstable-options", "config", "get", "--format", "json"], folder, variables);
        return result.Succeeded ? Read(result.Output) : throw new FerryException("cargo cannot read its configuration", result.Errors.Trim());
    }

    internal static Dictionary<string, string> Read(string json)
    {
        var found = new Dictionary<string, string>();
        using var document = JsonDocument.Parse(json);
        foreach (var entry in document.RootElement.EnumerateObject())
        {
            Add(found, entry.Name, entry.Value);
        }

        return found;
    }

    private static void Add(Dictionary<string, string> found, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var entry in value.EnumerateObject())
                {
                    Add(found, path + Separator + entry.Name, entry.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, entry) in value.EnumerateArray().Index())
                {
                    Add(found, $"{path}{Separator}{index}", entry);
                }

                break;
            default:
                found[path] = value.ToString();
                break;
        }
    }
}
