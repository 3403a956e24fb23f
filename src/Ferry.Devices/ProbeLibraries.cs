namespace Ferry.Devices;

/// <summary>The library folders of a report, and the files in them that linking and debugging need.</summary>
internal static class ProbeLibraries
{
    public static IReadOnlyList<LibraryFolder> Folders(ProbeReport report, UserlandFacts userland)
    {
        var names = new Dictionary<string, string[]>();
        foreach (var parts in report.All("names").Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2))
        {
            // Joined by '/', which no name holds; a pattern that matched nothing stands for itself.
            names.TryAdd(parts[0], [.. parts[1].Split('/').Where(name => name.Length > 0 && !name.Contains('*')).Distinct().Order(StringComparer.Ordinal)]);
        }

        return [.. report.All("folder").Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2 && DevicePath.IsPlain(parts[0]) && DevicePath.IsPlain(parts[1]) && Multiarch.IsOf(parts[1], userland))
            .DistinctBy(parts => parts[0])
            .Select(parts => new LibraryFolder { Path = parts[0], RealPath = parts[1], Names = names.GetValueOrDefault(parts[1], []) })];
    }

    public static IReadOnlyList<RuntimeLibrary> Files(ProbeReport report, UserlandFacts userland)
    {
        var paths = report.All("file");
        var real = report.All("real");
        var sizes = Table(report, "ls", 9, key: 8, value: 4);
        var sums = Table(report, "sha256", 2, key: 1, value: 0);
        var checks = Table(report, "cksum", 3, key: 2, value: 0);
        var checkedSizes = Table(report, "cksum", 3, key: 2, value: 1);
        return [.. paths.Select((path, i) => new RuntimeLibrary
            {
                Path = path,
                // Not every readlink takes several files; then it prints fewer lines.
                RealPath = (real.Count == paths.Count ? ProbeFacts.Plain(real[i]) : null) ?? path,
                Size = ProbeFacts.Number(sizes.GetValueOrDefault(path) ?? checkedSizes.GetValueOrDefault(path)),
                Sha256 = sums.GetValueOrDefault(path) is { Length: 64 } sum && sum.All(char.IsAsciiHexDigitLower) ? sum : null,
                Cksum = ProbeFacts.Number(checks.GetValueOrDefault(path)) is { } check ? $"{check}" : null,
            })
            .Where(file => DevicePath.IsPlain(file.Path) && Multiarch.IsOf(file.Path, userland))
            .DistinctBy(file => file.Path)];
    }

    private static Dictionary<string, string> Table(ProbeReport report, string name, int columns, int key, int value)
    {
        var table = new Dictionary<string, string>();
        foreach (var words in report.All(name).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length == columns))
        {
            table.TryAdd(words[key], words[value]);
        }

        return table;
    }
}
