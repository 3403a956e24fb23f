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
        var lines = report.All("defines").Select(line => line.Split(' ')).Where(words => files.Any(file => file.Path == words[0])).ToList();
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

        return report.First("times")?.Split(' ') is [_, .. var calls] ? calls.Any(call => call.StartsWith("__", StringComparison.Ordinal))
            : userland.Machine == MachineNames.Arm && report.First("times.package") is not null ? true : null;
    }

    private static Version? Number(string word, string family) =>
        word.StartsWith(family + '_', StringComparison.Ordinal) && Version.TryParse(word.AsSpan(family.Length + 1), out var version) ? version : null;
}
