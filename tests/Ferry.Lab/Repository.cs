namespace Ferry.Lab;

/// <summary>Where things are in this checkout, and where the lab keeps what it downloads and builds.</summary>
public static class Repository
{
    /// <summary>The folder that holds Ferry.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The lab's cache, outside the repository: <c>${XDG_CACHE_HOME:-~/.cache}/ferry-lab</c>.</summary>
    public static string Cache { get; } = Path.Combine(CacheHome(), "ferry-lab");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Ferry.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("no Ferry.slnx above " + AppContext.BaseDirectory);
    }

    private static string CacheHome() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
