using Ferry.Processes;

namespace Ferry.Doors;

/// <summary>What the doors of a link folder share: where they lie, and how they end when the tool behind them has.</summary>
internal static class DoorPlace
{
    /// <summary>The link folder, of the name by which Ferry was started, its symlink not resolved.</summary>
    public static string FolderOf(string argv0) =>
        Path.GetDirectoryName(Path.GetFullPath(argv0.Contains('/') || Path.IsPathRooted(argv0) ? argv0 : Tool.Find(argv0) ?? argv0))!;

    public static int EndAs(ProcessEnd end)
    {
        if (end.Signal != 0)
        {
            Death.BySignal(end.Signal);
        }

        return end.Code;
    }
}
