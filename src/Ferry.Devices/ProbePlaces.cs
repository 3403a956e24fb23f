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

    /// <summary>Each candidate: its path, the type and options of its mount ("-" where they are not known); df has a line for each, behind its heading.</summary>
    public static IReadOnlyList<CandidateFolder> Candidates(ProbeReport report)
    {
        var places = report.All("place").Select(Words).ToList();
        var spaces = report.All("df").Skip(1).Select(Words).ToList();
        return [.. places.Select((words, i) => (words, space: spaces.Count == places.Count ? Space(spaces[i]) : default))
            .Where(place => place.words.Length == 3 && ProbeFacts.Plain(place.words[0]) is not null)
            .Select(place => new CandidateFolder
            {
                Path = place.words[0],
                FileSystem = place.words[1] is "-" ? place.space.Type : place.words[1],
                MountOptions = place.words[2] is "-" ? [] : place.words[2].Split(',', StringSplitOptions.RemoveEmptyEntries),
                FreeBytes = place.space.Free,
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
