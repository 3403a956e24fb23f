namespace Ferry.Remote.Agent;

/// <summary>
/// Keeps what was sent small, by age and by size: once a day, when something was sent anyway. What is missing later costs one sending of the whole.
/// </summary>
internal static class SentSweep
{
    public const long Most = 1L << 30;

    private const string Stamp = ".swept";
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <param name="sent">The folder of all that was sent: a folder for each place that cargo builds a program in, a file for each version.</param>
    /// <param name="now">UTC.</param>
    /// <param name="most">How many bytes may stay.</param>
    public static void Run(string sent, DateTime now, long most = Most)
    {
        var stamp = Path.Combine(sent, Stamp);
        if (now - File.GetLastWriteTimeUtc(stamp) < Pause)
        {
            return;
        }

        File.WriteAllBytes(stamp, []);
        File.SetLastWriteTimeUtc(stamp, now);
        var kept = 0L;
        foreach (var file in new DirectoryInfo(sent).EnumerateDirectories().SelectMany(place => place.EnumerateFiles()).OrderByDescending(file => file.LastWriteTimeUtc))
        {
            kept += file.Length;
            if (kept > most || now - file.LastWriteTimeUtc > Unused)
            {
                file.Delete();
            }
        }
    }
}
