using System.Security.Cryptography;

namespace Ferry.Commands.Watching;

/// <summary>
/// Files as they were at a moment, by their content. What woke us does not matter then: however an editor saves, and however many files a checkout touches,
/// two moments are compared.
/// </summary>
internal sealed class FileStates
{
    private readonly Dictionary<string, State> states = [];

    private FileStates()
    {
    }

    /// <param name="files">Paths; those that are not there count as missing.</param>
    /// <param name="before">Files whose size and time are as then are not read again.</param>
    public static FileStates Take(IEnumerable<string> files, FileStates? before = null)
    {
        var taken = new FileStates();
        foreach (var file in files)
        {
            if (Read(file, before?.states.GetValueOrDefault(file)) is { } state)
            {
                taken.states[file] = state;
            }
        }

        return taken;
    }

    /// <summary>The files that are new, gone, or of other content, in order.</summary>
    public IReadOnlyList<string> ChangesSince(FileStates before) =>
        [.. states.Keys.Union(before.states.Keys).Where(file => Hash(file) != before.Hash(file)).Order(StringComparer.Ordinal)];

    public bool Has(string file) => states.ContainsKey(file);

    /// <summary>This moment, and of <paramref name="files"/> that it did not look at, the present.</summary>
    public FileStates With(IEnumerable<string> files, IReadOnlySet<string> lookedAt, Func<string, bool> isTheBuilds)
    {
        var all = new FileStates();
        foreach (var file in files)
        {
            var state = lookedAt.Contains(file) && !isTheBuilds(file) ? states.GetValueOrDefault(file) : Read(file, states.GetValueOrDefault(file));
            if (state is not null)
            {
                all.states[file] = state;
            }
        }

        return all;
    }

    private string? Hash(string file) => states.GetValueOrDefault(file)?.Sha256;

    private static State? Read(string path, State? before)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? null
                : before is not null && before.Length == file.Length && before.Written == file.LastWriteTimeUtc ? before
                : new State(file.Length, file.LastWriteTimeUtc, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // gone between two looks, or not ours to read
        }
    }

    private sealed record State(long Length, DateTime Written, string Sha256);
}
