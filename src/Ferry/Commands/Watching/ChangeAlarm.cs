using Ferry.Terminal;

namespace Ferry.Commands.Watching;

/// <summary>
/// Wakes when something may have changed in the folders that matter; what has, <see cref="FileStates"/> says. The system tells (inotify and its like), or it is
/// looked every half second: when asked for, and where the system refuses.
/// </summary>
internal sealed class ChangeAlarm(bool poll) : IDisposable
{
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestNoise = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Folder, bool Below), FileSystemWatcher> watchers = [];
    private readonly ManualResetEventSlim woken = new();
    private bool polls = poll;

    /// <param name="deep">Folders that count with all that is below them.</param>
    /// <param name="flat">Folders of which only the files count.</param>
    public void Cover(IEnumerable<string> deep, IEnumerable<string> flat)
    {
        var below = deep.ToHashSet();
        var wanted = below.Select(folder => (folder, true))
            .Concat(flat.Where(folder => !below.Any(one => folder == one || folder.StartsWith(one + Path.DirectorySeparatorChar, StringComparison.Ordinal))).Distinct().Select(folder => (folder, false)))
            .Where(pair => Directory.Exists(pair.folder))
            .ToHashSet();
        foreach (var gone in watchers.Keys.Except(wanted).ToList())
        {
            watchers.Remove(gone, out var watcher);
            watcher?.Dispose();
        }

        foreach (var (folder, all) in wanted.Except(watchers.Keys).ToList())
        {
            Add(folder, all);
        }

        // What happened before they were covered is looked for at once.
        woken.Set();
    }

    /// <summary>Returns when something may have happened and it is quiet again.</summary>
    /// <exception cref="OperationCanceledException">The end has come.</exception>
    public void Wait(CancellationToken end)
    {
        if (polls)
        {
            woken.Wait(PollPause, end);
            woken.Reset();
            return;
        }

        woken.Wait(end);
        var noise = System.Diagnostics.Stopwatch.StartNew();
        do
        {
            woken.Reset();
        }
        while (woken.Wait(Quiet, end) && noise.Elapsed < LongestNoise);
    }

    public void Dispose()
    {
        foreach (var watcher in watchers.Values)
        {
            watcher.Dispose();
        }

        watchers.Clear();
    }

    private void Add(string folder, bool all)
    {
        if (polls)
        {
            return;
        }

        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = all };
        watcher.Changed += Wake;
        watcher.Created += Wake;
        watcher.Deleted += Wake;
        watcher.Renamed += Wake;
        watcher.Error += Failed;
        try
        {
            watcher.EnableRaisingEvents = true;
            watchers.Add((folder, all), watcher);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            watcher.Dispose();
            Poll(e.Message);
        }
    }

    private void Wake(object sender, FileSystemEventArgs e) => woken.Set();

    // Too many events at once are no failure: something has changed. A limit that is met later is.
    private void Failed(object sender, ErrorEventArgs e)
    {
        if (e.GetException() is not InternalBufferOverflowException)
        {
            Poll(e.GetException().Message);
        }

        woken.Set();
    }

    private void Poll(string why)
    {
        if (!polls)
        {
            polls = true;
            Status.Warn($"the system does not watch so many folders for one user: {why}; looking every half second instead");
            if (OperatingSystem.IsLinux())
            {
                Status.Note("to raise the limits: sudo sysctl fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=524288");
            }
        }
    }
}
