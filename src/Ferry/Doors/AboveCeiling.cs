namespace Ferry.Doors;

/// <summary>
/// <c>above-ceiling.txt</c> of a link folder with a glibc ceiling: what the libraries have and this link may not use, <c>SYMBOL VERSION</c> in each line.
/// </summary>
internal static class AboveCeiling
{
    public const string FileName = "above-ceiling.txt";

    /// <summary>The version with which a symbol came, by its name; empty where there is no ceiling.</summary>
    public static Dictionary<string, string> Read(string folder)
    {
        var versions = new Dictionary<string, string>();
        var file = Path.Combine(folder, FileName);
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            if (line.Split(' ') is [var symbol, var version])
            {
                versions.TryAdd(symbol, version);
            }
        }

        return versions;
    }
}
