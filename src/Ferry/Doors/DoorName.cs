using Ferry.Toolchain;
using Ferry.Toolchain.Compilers;

namespace Ferry.Doors;

internal static class DoorName
{
    public static Door Of(string argv0) => Path.GetFileNameWithoutExtension(argv0) switch
    {
        DoorFile.Linker => Door.Linker,
        DoorFile.Runner => Door.Runner,
        DoorFile.Standby => Door.Standby,
        BuildTools.Cc => Door.Cc,
        BuildTools.Cxx => Door.Cxx,
        BuildTools.Archiver => Door.Archiver,
        BuildTools.Ranlib => Door.Ranlib,
        BuildTools.PkgConfig => Door.PkgConfig,
        _ => Door.Tool,
    };
}
