using Ferry.Toolchain;

namespace Ferry.Doors;

internal static class DoorName
{
    public static Door Of(string argv0) => Path.GetFileNameWithoutExtension(argv0) switch
    {
        DoorFile.Linker => Door.Linker,
        DoorFile.Runner => Door.Runner,
        _ => Door.Tool,
    };
}
