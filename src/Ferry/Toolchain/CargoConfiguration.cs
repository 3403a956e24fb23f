using System.Text.Json;
using Ferry.Processes;

namespace Ferry.Toolchain;

/// <summary>
/// Which rustflags the user's own configuration of cargo holds. cargo takes them from one place only: CARGO_ENCODED_RUSTFLAGS, else RUSTFLAGS, else those of
/// target.TRIPLE and target.'cfg(…)' together, else those of build; to a list in its files it appends what the variable of that entry says.
/// </summary>
/// <param name="Build">Whether build.rustflags is set.</param>
/// <param name="Target">Whether target.TRIPLE.rustflags is.</param>
/// <param name="Condition">A target.'cfg(…)' with rustflags, which may count for the target or not; null where there is none.</param>
internal sealed record CargoConfiguration(bool Build, bool Target, string? Condition)
{
    /// <summary>Where cargo keeps the user's own.</summary>
    public static string Home => Environment.GetEnvironmentVariable("CARGO_HOME") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cargo");

    /// <summary>Asks cargo itself, whose files include each other and may lie anywhere above. The command is not stable yet: it says so unless it is told that it is a nightly.</summary>
    /// <param name="rust">Says which cargo.</param>
    /// <param name="target">The Rust target.</param>
    /// <param name="given">What the user gave it by --config.</param>
    /// <param name="folder">Where cargo will run; null for the current folder.</param>
    public static CargoConfiguration Ask(RustToolchain rust, string target, IEnumerable<string> given, string? folder = null)
    {
        var result = Tool.Run(
            rust.Cargo,
            [.. rust.Prefix, "-Z", "unstable-options", .. given.SelectMany(entry => new[] { "--config", entry }), "config", "get", "--format", "json"],
            folder,
            new Dictionary<string, string?> { ["RUSTC_BOOTSTRAP"] = "1" });
        return result.Succeeded ? Read(result.Output, target) : throw new FerryException(
            "cannot tell which rustflags cargo has already, and so where those of --tune would go",
            result.Errors.Trim(),
            "set RUSTFLAGS (to nothing, if you have none): then they are added there");
    }

    internal static CargoConfiguration Read(string json, string target)
    {
        using var document = JsonDocument.Parse(json);
        var targets = document.RootElement.TryGetProperty("target", out var table) ? table.EnumerateObject().Where(entry => HasFlags(entry.Value)).Select(entry => entry.Name).ToList() : [];
        return new(
            document.RootElement.TryGetProperty("build", out var build) && HasFlags(build),
            targets.Contains(target),
            targets.Find(name => name.StartsWith("cfg(", StringComparison.Ordinal)));
    }

    private static bool HasFlags(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("rustflags", out var flags)
        && (flags.ValueKind == JsonValueKind.Array ? flags.GetArrayLength() : flags.GetString()!.Trim().Length) > 0;
}
