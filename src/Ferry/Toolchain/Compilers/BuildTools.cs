namespace Ferry.Toolchain.Compilers;

/// <summary>
/// Ferry's names for build scripts, in a link folder: what they call as compiler, archiver and pkg-config is Ferry, which calls the real ones with what the target needs
/// and says what is missing in the output of the very script that failed, under plain cargo, too.
/// </summary>
internal static class BuildTools
{
    public const string Cc = "ferry-cc";
    public const string Cxx = "ferry-cxx";
    public const string Archiver = "ferry-ar";
    public const string Ranlib = "ferry-ranlib";
    public const string PkgConfig = "ferry-pkg-config";

    public static string PathOf(string linkFolder, string door) => DoorFile.PathIn(linkFolder, door);

    /// <summary>Puts the names, their settings and cmake's file into a link folder, or leaves them as they are.</summary>
    public static void Place(string linkFolder, BuildToolSettings settings, string ferry)
    {
        foreach (var door in (string[])[Cc, Cxx, Archiver, Ranlib, PkgConfig])
        {
            DoorFile.Place(PathOf(linkFolder, door), ferry);
        }

        settings.Write(linkFolder);
        CmakeFile.Write(linkFolder, settings);
    }
}
