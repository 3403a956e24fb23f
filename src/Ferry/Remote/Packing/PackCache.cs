using System.Text.Json;
using Ferry.Settings;

namespace Ferry.Remote.Packing;

/// <summary>
/// Remembers hashes and findings of programs by the place, size and time of their files, so that an unchanged program costs a look at a
/// small file instead of reading, stripping, hashing and checking it again.
/// </summary>
internal static class PackCache
{
    public static PackedProgram? Find(string program, IReadOnlyList<string> libraryFolders)
    {
        try
        {
            var known = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(program, libraryFolders)), PackJson.Default.PackedProgram);
            return known is { IsStillTheSame: true } ? known : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Keep(PackedProgram packed, IReadOnlyList<string> libraryFolders) =>
        AtomicFile.Write(PathOf(packed.Program.Source, libraryFolders), JsonSerializer.SerializeToUtf8Bytes(packed, PackJson.Default.PackedProgram), lasting: false);

    private static string PathOf(string program, IReadOnlyList<string> libraryFolders) =>
        Path.Combine(Folders.Cache, "programs", NameHash.Of(string.Join('\0', [program, .. libraryFolders])) + ".json");
}
