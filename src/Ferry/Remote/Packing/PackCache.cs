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
    private const int Shape = 2;

    public static PackedProgram? Find(string program, IReadOnlyList<string> libraryFolders)
    {
        try
        {
            using var fields = new BinaryReader(new MemoryStream(File.ReadAllBytes(PathOf(program, libraryFolders))), Encoding.UTF8);
            return fields.ReadInt32() == Shape ? Read(fields) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
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

        var libraries = new PackedFile[fields.ReadInt32()];
        var program = PackedFile.Read(fields);
        var same = program.IsStillTheSame;
        for (var i = 0; i < libraries.Length; i++)
        {
            libraries[i] = PackedFile.Read(fields);
            same &= libraries[i].IsStillTheSame;
        }

        return same ? new() { Program = program, Libraries = libraries, FitsOn = fitsOn } : null;
    }

    private static string PathOf(string program, IReadOnlyList<string> libraryFolders) =>
        Path.Combine(Folders.Cache, "programs", NameHash.Of(string.Join('\0', [program, .. libraryFolders])));
}
