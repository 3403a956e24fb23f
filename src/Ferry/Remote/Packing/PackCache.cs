using System.Text;
using Ferry.Settings;

namespace Ferry.Remote.Packing;

/// <summary>
/// Remembers hashes and findings of programs by the place, size and time of their files, so that an unchanged program costs a look at a
/// small file instead of reading, stripping, hashing and checking it again. That file is a plain row of fields, which is read at once.
/// </summary>
internal static class PackCache
{
    /// <summary>Goes up with every change of the fields: files of another shape are as good as none.</summary>
    private const int Shape = 3;

    public static PackedProgram? Find(string program, IReadOnlyList<string> libraryFolders)
    {
        try
        {
            using var fields = new BinaryReader(new MemoryStream(File.ReadAllBytes(PathOf(program, libraryFolders))), Encoding.UTF8);
            return fields.ReadInt32() == Shape ? Read(fields) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    public static void Keep(PackedProgram packed, IReadOnlyList<string> libraryFolders)
    {
        var bytes = new MemoryStream();
        using var fields = new BinaryWriter(bytes, Encoding.UTF8);
        fields.Write(Shape);
        fields.Write(packed.FitsOn.Count);
        foreach (var device in packed.FitsOn)
        {
            fields.Write(device);
        }

        fields.Write(packed.TakenWhole.Count);
        foreach (var (folder, changed) in packed.TakenWhole)
        {
            fields.Write(folder);
            fields.Write(changed);
        }

        fields.Write(packed.Libraries.Count);
        foreach (var file in packed.Files)
        {
            file.Write(fields);
        }

        fields.Flush();
        AtomicFile.Write(PathOf(packed.Program.Source, libraryFolders), bytes.ToArray(), lasting: false);
    }

    /// <summary>Null when one of the files has become another since.</summary>
    private static PackedProgram? Read(BinaryReader fields)
    {
        var fitsOn = new string[fields.ReadInt32()];
        for (var i = 0; i < fitsOn.Length; i++)
        {
            fitsOn[i] = fields.ReadString();
        }

        var takenWhole = new Dictionary<string, long>();
        for (var left = fields.ReadInt32(); left > 0; left--)
        {
            takenWhole.Add(fields.ReadString(), fields.ReadInt64());
        }

        var libraries = new PackedFile[fields.ReadInt32()];
        var program = PackedFile.Read(fields);
        for (var i = 0; i < libraries.Length; i++)
        {
            libraries[i] = PackedFile.Read(fields);
        }

        var packed = new PackedProgram { Program = program, Libraries = libraries, TakenWhole = takenWhole, FitsOn = fitsOn };
        return packed.IsStillTheSame ? packed : null;
    }

    private static string PathOf(string program, IReadOnlyList<string> libraryFolders) =>
        Path.Combine(Folders.Cache, "programs", NameHash.Of(string.Join('\0', [program, .. libraryFolders])));
}
