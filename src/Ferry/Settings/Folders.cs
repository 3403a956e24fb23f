namespace Ferry.Settings;

/// <summary>
/// Where Ferry keeps things on this PC: settings and devices in one folder, what can be made again in another.
/// <c>FERRY_HOME</c>, when set, holds both.
/// </summary>
internal static class Folders
{
    public static string Config { get; } = Find("config", "XDG_CONFIG_HOME", ".config", Environment.SpecialFolder.ApplicationData);

    public static string Cache { get; } = Find("cache", "XDG_CACHE_HOME", ".cache", Environment.SpecialFolder.LocalApplicationData);

    private static string Find(string below, string variable, string atHome, Environment.SpecialFolder onWindows)
    {
        if (Environment.GetEnvironmentVariable("FERRY_HOME") is { Length: > 0 } home)
        {
            return Path.Combine(Path.GetFullPath(home), below);
        }

        // XDG: a relative path in the variable is to be ignored.
        if (Environment.GetEnvironmentVariable(variable) is { } xdg && Path.IsPathRooted(xdg))
        {
            return Path.Combine(xdg, "ferry");
        }

        return OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(onWindows), "ferry", below)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), atHome, "ferry");
    }
}
