using Ferry.Settings;

namespace Ferry.Toolchain;

/// <summary>Ferry under a name of its own in the cache: the runner, which cargo starts programs with, and others that belong to no link folder.</summary>
internal static class RunnerFile
{
    public static string Place(string door = DoorFile.Runner)
    {
        var path = DoorFile.PathIn(Directory.CreateDirectory(Path.Combine(Folders.Cache, "bin")).FullName, door);
        DoorFile.Place(path, Environment.ProcessPath!);
        return path;
    }
}
