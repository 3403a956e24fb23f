using Ferry.Devices;
using Ferry.Elf;

namespace Ferry.Remote.Packing;

/// <summary>Makes a program ready for a device, or finds that it was made ready before: then none of its bytes are read.</summary>
internal static class Packer
{
    public static PackedProgram Pack(string program, IReadOnlyList<string> libraryFolders)
    {
        var path = Path.GetFullPath(program);
        return PackCache.Find(path, libraryFolders) ?? PackAnew(path, libraryFolders);
    }

    private static PackedProgram PackAnew(string path, IReadOnlyList<string> libraryFolders)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var (libraries, takenWhole) = LibrariesAlong.Of(path, ElfFile.Read(bytes), libraryFolders);
            return new PackedProgram
            {
                Program = PackedFile.Of(path, bytes),
                Libraries = [.. libraries.Select(library => PackedFile.Of(library, File.ReadAllBytes(library)))],
                TakenWhole = takenWhole.ToDictionary(folder => folder, folder => Directory.GetLastWriteTimeUtc(folder).Ticks),
            };
        }
        catch (ElfFormatException e)
        {
            throw Unfit(path) ?? new FerryException($"'{path}' is not a program that Ferry can send", e.Message, "build it with: ferry build");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot read the program '{path}'", e.Message);
        }
    }

    /// <summary>What is wrong with a file that is no program, where that can be said.</summary>
    private static FerryException? Unfit(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return FileCheck.Of(new FileFacts { Size = bytes.Length, FirstBytes = bytes.AsMemory(0, Math.Min(bytes.Length, 4096)) }, Path.GetFileName(path)) is [var finding, ..]
            ? new FerryException(finding.Message, finding.Cause, finding.Help ?? "build it with: ferry build") : null;
    }
}
