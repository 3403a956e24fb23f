using Ferry.Settings;

namespace Ferry.Toolchain;

/// <summary>What cargo starts programs with: Ferry under its runner's name.</summary>
internal static class RunnerFile
{
    public static string Place()
    {
        var path = DoorFile.PathIn(Directory.CreateDirectory(Path.Combine(Folders.Cache, "bin")).FullName, DoorFile.Runner);
        DoorFile.Place(path, Environment.ProcessPath!);
        return path;
    }
}
