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

    /// <summary>Each candidate: its path, the type and options of its mount ("-" where it is not known), and df's line.</summary>
    public static IReadOnlyList<CandidateFolder> Candidates(ProbeReport report) =>
        [.. report.All("place").Select(Words).Where(words => words.Length >= 3 && ProbeFacts.Plain(words[0]) is not null).Select(words => new CandidateFolder
        {
            Path = words[0],
            FileSystem = words[1] is "-" ? Space(words[3..]).Type : words[1],
            MountOptions = words[2] is "-" ? [] : words[2].Split(',', StringSplitOptions.RemoveEmptyEntries),
            FreeBytes = Space(words[3..]).Free,
        })];

    private static string[] Words(string? line) => line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    // df -P, with the type in the second column or without: "/dev/root ext4 30446008 5632144 23539256 20% /".
    private static (long? Free, string? Type) Space(string[] columns)
    {
        var typed = columns.Length > 6 && ProbeFacts.Number(columns[1]) is null;
        var free = columns.Length >= 6 ? ProbeFacts.Number(columns[typed ? 4 : 3]) : null;
        return (free * 1024, typed ? columns[1] : null);
    }
}
