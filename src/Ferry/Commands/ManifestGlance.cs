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
        // The package is another one than the folder's, or its settings come from elsewhere.
        if (line.Values("-p", "--package", "--manifest-path", "--config").Any())
        {
            return true;
        }

        var manifests = Lineage(folder).Select(parent => Path.Combine(parent, Name)).Where(File.Exists).Select(Read).ToList();
        return manifests switch
        {
            [] => false,
            // A workspace's folder: its members lie below, not above. `workspace = "…"` names a root that need not be above.
            [var nearest, ..] when nearest.Contains("workspace", StringComparison.Ordinal) => true,
            _ => manifests.Any(manifest => manifest.Contains("ferry", StringComparison.Ordinal) || manifest.Contains('\\')),
        };
    }

    private static IEnumerable<string> Lineage(string folder)
    {
        for (var parent = folder; parent is not null; parent = Path.GetDirectoryName(parent))
        {
            yield return parent;
        }
    }

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
