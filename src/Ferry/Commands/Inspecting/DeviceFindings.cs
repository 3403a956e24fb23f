using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Elf.Inspection;
using Ferry.Linking;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;

namespace Ferry.Commands.Inspecting;

/// <summary>What stands against running a file on a device, or linking it into a program for it.</summary>
internal static class DeviceFindings
{
    public static IReadOnlyList<Finding> Of(string path, InspectedFile file, DeviceRecord device)
    {
        var sysroot = device.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null;
        var facts = new DeviceFacts
        {
            Name = device.Name,
            Profile = device.Profile,
            Readable = RustSymbol.Readable,
            Libraries = sysroot?.Libraries ?? new Dictionary<string, LibraryFacts>(),
            Packages = sysroot?.PackagesOfLibraries ?? new Dictionary<string, string>(),
            Along = file.Elf is { Interpreter: not null } program ? Along(path, program) : new Dictionary<string, LibraryFacts>(),
        };
        return file.Elf is { Type: not ElfType.Relocatable } elf
            ? [.. ProgramCheck.Of(elf, file.Name, facts, file: Facts(path, file)).Where(finding => IsAskedOf(elf, finding)).Select(finding => finding with { Cause = SymbolOrigin.CauseOf(finding, path) })]
            : [.. Objects(file).SelectMany(item => ObjectCheck.Of(item.Glance, item.Name, facts)).DistinctBy(finding => (finding.Id, finding.Cause))];
    }

    private static FileFacts Facts(string path, InspectedFile file) => new()
    {
        Size = file.Bytes.Length,
        Mode = OperatingSystem.IsWindows() ? null : (int)File.GetUnixFileMode(path),
        FirstBytes = file.Bytes[..Math.Min(file.Bytes.Length, 4096)],
    };

    // Nobody starts a library, and nobody said that this one was meant for it.
    private static bool IsAskedOf(ElfFile file, Finding finding) =>
        FileNature.Of(file).Kind != FileKind.SharedLibrary || finding.Id is not ("not-a-program" or "not-executable");

    // As cargo names them for a run: what was built with the program goes along. Elsewhere libraries beside a program are nobody's promise.
    private static Dictionary<string, LibraryFacts> Along(string path, ElfFile program)
    {
        var output = LibrariesAlong.OutputFolder(path);
        var dependencies = Path.Combine(output, "deps");
        return LibrariesAlong.Of(path, program, Directory.Exists(dependencies) ? [output, dependencies] : []).Paths
            .ToDictionary(library => Path.GetFileName(library), library => LibraryFacts.Of(Path.GetFileName(library), ElfFile.Read(File.ReadAllBytes(library))));
    }

    private static IEnumerable<(string Name, ObjectGlance Glance)> Objects(InspectedFile file)
    {
        IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> members = file.Elf is not null ? [(file.Name, file.Bytes)]
            : ElfArchive.Read(file.Bytes).Members.Select(member => ($"{file.Name}({member.Name})", member.Content));
        foreach (var (name, bytes) in members)
        {
            if (Glance(bytes) is { } glance)
            {
                yield return (name, glance);
            }
        }
    }

    private static ObjectGlance? Glance(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return ObjectGlance.Of(bytes);
        }
        catch (ElfFormatException)
        {
            // A damaged member is told as that in the list of members.
            return null;
        }
    }
}
