namespace Ferry.Devices;

/// <summary>The folders of a report: where programs might be kept, and where they are.</summary>
internal static class ProbePlaces
{
    /// <summary>The folder that the probe wrote to and ran something in.</summary>
    public static StoreFolder? Store(ProbeReport report)
    {
        if (ProbeFacts.Plain(report.First("store")) is not { } path)
        {
            return null;
        }

        var (free, type) = Space(Words(report.First("store.df")));
        return new StoreFolder { Path = path, FreeBytes = free, FileSystem = type };
    }

    /// <summary>Each candidate: its path, where its mount is, and type and options of that ("-" where they are not known). df's lines end with where their mount is.</summary>
    public static IReadOnlyList<CandidateFolder> Candidates(ProbeReport report)
    {
        var spaces = report.All("df").Select(Words).Where(words => words.Length > 0).ToList();
        return [.. report.All("place").Select(Words).Where(words => words.Length == 4 && ProbeFacts.Plain(words[0]) is not null)
            .Select(words => (Words: words, Space: Space(spaces.Find(space => space[^1] == words[1]) ?? [])))
            .Select(place => new CandidateFolder
            {
                Path = place.Words[0],
                FileSystem = place.Words[2] is "-" ? place.Space.Type : place.Words[2],
                MountOptions = place.Words[3] is "-" ? [] : place.Words[3].Split(',', StringSplitOptions.RemoveEmptyEntries),
                FreeBytes = place.Space.Free,
            })];
    }

    private static string[] Words(string? line) => line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    // df -P, with the type in the second column or without: "/dev/root ext4 30446008 5632144 23539256 20% /".
    private static (long? Free, string? Type) Space(string[] columns)
    {
        var typed = columns.Length > 6 && ProbeFacts.Number(columns[1]) is null;
        var free = columns.Length >= 6 ? ProbeFacts.Number(columns[typed ? 4 : 3]) : null;
        return (free * 1024, typed ? columns[1] : null);
    }
}
