using Ferry.Settings;

namespace Ferry.Commands;

/// <summary>
/// Whether Cargo.toml may say something to Ferry, by a look for the word. Most projects say nothing, and asking cargo to find that out takes as long
/// as its own no-op build. Wherever a look may not be enough, the answer is yes, and cargo is asked.
/// </summary>
internal static class ManifestGlance
{
    private const string Name = "Cargo.toml";

    public static bool MayMentionFerry(CargoLine line, string folder)
    {
        if (ComesFromElsewhere(line))
        {
            return true;
        }

        return Manifests(folder) switch
        {
            [] => false,
            // A workspace's folder: its members lie below, not above. `workspace = "…"` names a root that need not be above.
            [var nearest, ..] when nearest.Contains("workspace", StringComparison.Ordinal) => true,
            var manifests => manifests.Exists(manifest => manifest.Contains("ferry", StringComparison.Ordinal) || manifest.Contains('\\')),
        };
    }

    /// <summary>
    /// Whether all that Cargo.toml may say to Ferry stands in the folder's own one and those above it: it is a package's, and names no workspace that lies
    /// somewhere else.
    /// </summary>
    public static bool IsAllAbove(CargoLine line, string folder) =>
        !ComesFromElsewhere(line) && Manifests(folder) is [var nearest, ..]
        && nearest.Contains("[package]", StringComparison.Ordinal)
        && !nearest.Split('\n').Any(row => row.TrimStart().StartsWith("workspace", StringComparison.Ordinal) && row.Contains('='));

    /// <summary>The package is another one than the folder's, or its settings come from elsewhere.</summary>
    private static bool ComesFromElsewhere(CargoLine line) => line.Values("-p", "--package", "--manifest-path", "--config").Any();

    private static List<string> Manifests(string folder) =>
        [.. Lineage.Of(folder).Select(parent => Path.Combine(parent, Name)).Where(File.Exists).Select(Read)];

    /// <summary>A file that cannot be read counts as one that mentions Ferry: cargo says what is wrong with it.</summary>
    private static string Read(string manifest)
    {
        try
        {
            return File.ReadAllText(manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "ferry";
        }
    }
}
