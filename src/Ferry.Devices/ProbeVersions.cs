namespace Ferry.Devices;

/// <summary>What the texts in a device's libraries tell: which versions of symbols they define, and how wide the times are that they pass.</summary>
internal static class ProbeVersions
{
    // A library also holds the versions that it wants of others: only its own families count.
    private static readonly (string Library, string Family)[] Families =
        [("libc.so.", "GLIBC"), ("libgcc_s.so.", "GCC"), ("libstdc++.so.", "GLIBCXX"), ("libstdc++.so.", "CXXABI")];

    /// <summary>By family; of a library that is there twice the one that the loader finds first.</summary>
    public static IReadOnlyDictionary<string, string> Newest(ProbeReport report, IReadOnlyList<RuntimeLibrary> files)
    {
        var lines = Texts(report).Where(words => files.Any(file => file.Path == words[0])).ToList();
        var newest = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (library, family) in Families)
        {
            if (lines.Find(words => DevicePath.Name(words[0]).StartsWith(library, StringComparison.Ordinal)) is { } words
                && words.Select(word => Number(word, family)).Max() is { } version)
            {
                newest[family] = version.ToString();
            }
        }

        return newest;
    }

    /// <summary>
    /// Whether a library calls the functions of 64-bit times; where none tells, whether a package is named so (Debian renamed them on ARM). musl changed over
    /// with 1.2.0 (its release notes).
    /// </summary>
    public static bool? Time64(ProbeReport report, LibcKind? kind, string? version, UserlandFacts userland)
    {
        if (kind == LibcKind.Musl)
        {
            return Version.TryParse(version, out var number) ? number >= new Version(1, 2) : null;
        }

        return Times(report) is var (_, call) ? call.StartsWith("__", StringComparison.Ordinal)
            : userland.Machine == MachineNames.Arm && report.First("times.package") is not null ? true : null;
    }

    /// <summary>The first library that calls functions of time, and one of them: of 64 bits where it calls such.</summary>
    public static (string Library, string Call)? Times(ProbeReport report) =>
        Texts(report).Where(words => !DevicePath.Name(words[0]).StartsWith("libc.so.", StringComparison.Ordinal))
            .Select(words => (words[0], Call: words[1..].Where(IsTime).Order(StringComparer.Ordinal).FirstOrDefault()))
            .Where(found => found.Call is not null)
            .Select(found => ((string, string)?)(found.Item1, found.Call!)).FirstOrDefault();

    /// <summary>A library's path, and then the texts of it that the probe looked for.</summary>
    public static IEnumerable<string[]> Texts(ProbeReport report) => report.All("texts").Select(line => line.Split('|'));

    // "__clock_gettime64" is before "clock_gettime".
    private static bool IsTime(string text) => text.Length > 0 && (text[0] == '_' || char.IsAsciiLetterLower(text[0]));

    private static Version? Number(string word, string family) =>
        word.StartsWith(family + '_', StringComparison.Ordinal) && Version.TryParse(word.AsSpan(family.Length + 1), out var version) ? version : null;
}
