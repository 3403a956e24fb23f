namespace Ferry.Doors;

internal static class DoorName
{
    public const string Linker = "ferry-linker";
    public const string Runner = "ferry-runner";

    public static Door Of(string argv0) => Path.GetFileNameWithoutExtension(argv0) switch
    {
        Linker => Door.Linker,
        Runner => Door.Runner,
        _ => Door.Tool,
    };
}
