using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Elf.Inspection;

namespace Ferry.Commands.Inspecting;

/// <summary>A file as it was read; what cannot be read is said as what it is.</summary>
internal sealed class InspectedFile
{
    private readonly byte[] bytes;
    private readonly string path;

    private InspectedFile(string path, byte[] bytes) => (this.path, this.bytes) = (path, bytes);

    public string Name => Path.GetFileName(path);

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Null for archives.</summary>
    public ElfFile? Elf { get; private set; }

    public static InspectedFile Read(string path) => new(path, Content(path));

    /// <summary>All but the findings.</summary>
    public FileReport Report()
    {
        try
        {
            return ElfArchive.IsArchive(bytes) ? OfArchive(ArchiveReports.Of(ElfArchive.Read(bytes))) : OfElf();
        }
        catch (ElfFormatException e)
        {
            throw Broken(e);
        }
    }

    private FileReport OfArchive(ArchiveReport archive) =>
        new() { File = path, Size = bytes.Length, Kind = "archive", Summary = Sentence.Of(Name, archive), Archive = archive };

    private FileReport OfElf()
    {
        if (!bytes.AsSpan().StartsWith("\u007fELF"u8))
        {
            if (FileCheck.Of(new FileFacts { Size = bytes.Length, FirstBytes = bytes }, Name) is [{ Id: "script-line-ends" } ends, ..])
            {
                throw new FerryException(ends.Message, ends.Cause, ends.Help);
            }

            throw new FerryException($"'{path}' is no ELF file and no archive", ForeignBytes.Tell(bytes));
        }

        Elf = ElfFile.Read(bytes);
        if (WantedSize.Of(Elf) is { } wanted && wanted > (ulong)bytes.Length && Elf.Type != ElfType.Core)
        {
            throw new FerryException($"'{path}' was cut short", $"it has {bytes.Length} bytes, and its headers speak of {wanted}", "copy or build it again");
        }

        var nature = FileNature.Of(Elf);
        var core = nature.Kind == FileKind.Core ? CoreFacts.Of(Elf) : null;
        return new FileReport { File = path, Size = bytes.Length, Kind = Word(nature.Kind), Summary = Sentence.Of(Name, Elf, nature, core), Elf = ElfReports.Of(Elf, nature, core) };
    }

    private FerryException Broken(ElfFormatException e) =>
        new($"'{path}' is damaged", $"{e.What}, at byte {e.Offset} of {bytes.Length}", "copy or build it again");

    private static string Word(FileKind kind) => kind switch
    {
        FileKind.Program => "program",
        FileKind.SharedLibrary => "library",
        FileKind.Object => "object",
        FileKind.Core => "core",
        FileKind.DebugFile => "debug-file",
        _ => "other",
    };

    private static byte[] Content(string path)
    {
        if (Directory.Exists(path))
        {
            throw new FerryException($"'{path}' is a folder", help: "name a file: a program, a library, an object, an archive or a core");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            if (!file.CanSeek || file.Length == 0)
            {
                throw new FerryException($"'{path}' is {(file.CanSeek ? "empty, or no plain file" : "no plain file")}");
            }

            if (file.Length > Array.MaxLength)
            {
                throw new FerryException($"'{path}' is too large to be read at once", $"it has {file.Length} bytes; up to {Array.MaxLength} can be read");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FerryException($"there is no file '{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"'{path}' cannot be read", e.Message);
        }
    }
}
