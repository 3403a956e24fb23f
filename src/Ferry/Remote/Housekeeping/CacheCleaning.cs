namespace Ferry.Remote.Housekeeping;

/// <summary>Removes from this PC's cache what nobody has used for a while, and what no device needs any more.</summary>
/// <param name="now">UTC.</param>
/// <param name="unused">For how long nobody may have used it; zero for all that no device needs.</param>
/// <param name="dryRun">Whether it is only to be said what would go.</param>
internal sealed class CacheCleaning(DateTime now, TimeSpan unused, bool dryRun)
{
    /// <summary>Another Ferry may be at work: it makes a sysroot before it writes down whose it is, and what it links with is marked as used when it begins.</summary>
    private static readonly TimeSpan JustUsed = TimeSpan.FromHours(1);

    public IReadOnlyList<KeptThing> Run(CacheInventory inventory) => [.. inventory.All().OrderBy(thing => thing.Used).Select(Decide)];

    private KeptThing Decide(CacheThing thing)
    {
        var idle = now > thing.Used ? now - thing.Used : TimeSpan.Zero;
        var goes = thing.Need == CacheNeed.Age ? idle >= unused : thing.Need == CacheNeed.Left && idle >= JustUsed;
        return new(thing.Kind, Path.GetFileName(thing.Path), thing.Size, idle, goes && (dryRun || Remove(thing.Path)) ? Fate.Goes : Fate.Stays);
    }

    /// <summary>A folder is renamed first: half of it must not lie under its name.</summary>
    private static bool Remove(string path)
    {
        try
        {
            if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            {
                var gone = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path).TrimStart('.')}.{Environment.ProcessId}.tmp");
                Directory.Move(path, gone);
                Directory.Delete(gone, recursive: true);
            }
            else
            {
                File.Delete(path);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // Another Ferry has just removed it, or uses it (Windows).
        }
    }
}
