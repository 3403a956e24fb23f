using Ferry.Settings;

namespace Ferry.Remote.Agent;

/// <summary>
/// What was sent of a program before, as it was sent, by the place where cargo builds it: <c>CACHE/sent/PLACE/SHA-256</c>. What a device
/// has of it is where a patch begins.
/// </summary>
internal sealed class SentVersions(string source, string? below = null)
{
    /// <summary>Several devices may have several of them, and one goes back to an earlier edit.</summary>
    private const int Kept = 4;

    private readonly string folder = Path.Combine(below ?? Path.Combine(Folders.Cache, "sent"), NameHash.Of(source));

    /// <summary>The newest first; each with the hash that it has on the device.</summary>
    public IReadOnlyList<ProgramFile> All(string name) =>
        [.. Files().Select(file => new ProgramFile(name, file.Name, file.Length, () => File.ReadAllBytes(file.FullName)))];

    /// <summary>Keeps what was sent. That it cannot be is no reason to fail: then the next one is sent whole.</summary>
    public void Keep(ProgramFile sent)
    {
        try
        {
            var place = Path.Combine(folder, sent.Sha256);
            if (File.Exists(place))
            {
                File.SetLastWriteTimeUtc(place, DateTime.UtcNow);
            }
            else
            {
                AtomicFile.Write(place, sent.Content.ToArray(), lasting: false);
            }

            foreach (var old in Files().Skip(Kept))
            {
                old.Delete();
            }

            SentSweep.Run(Path.GetDirectoryName(folder)!, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private IEnumerable<FileInfo> Files() =>
        Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Name.Length == 64).OrderByDescending(file => file.LastWriteTimeUtc)
            : [];
}
