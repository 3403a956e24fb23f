using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Cores;
using Ferry.Remote.Cores;
using Ferry.Remote.Packing;
using Ferry.Terminal;

namespace Ferry.Commands.Debugging;

/// <summary>Whether a core is one of the program that cargo builds now: lines and variables would be wrong otherwise.</summary>
internal static class CoreMatch
{
    public static void Warn(CoreFile core, PackedFile program)
    {
        var elf = ElfFile.Read(File.ReadAllBytes(program.Source));
        if (core.Machine != elf.Machine)
        {
            throw new FerryException($"the core is one of another processor ({core.Machine}) than '{program.Source}' ({elf.Machine})", help: "name the device where it was made: --on DEVICE");
        }

        if (Mapped(core, program) is not { } mapped)
        {
            Status.Warn($"the core is one of '{core.Program}', not of '{program.Name}': lines and variables would be wrong");
        }
        else if (!mapped.Path.Contains(program.Sha256, StringComparison.Ordinal) && core.HeadOf(mapped) is { } head && !IsSame(head, elf))
        {
            Status.Warn($"the core is one of another build of '{program.Name}' ({mapped.Path}) than the one here: lines and variables may be wrong");
        }
    }

    /// <summary>A file that has been removed since is called "NAME (deleted)".</summary>
    private static MappedFile? Mapped(CoreFile core, PackedFile program) =>
        core.Files.FirstOrDefault(file => file.Offset == 0 && DevicePath.Name(file.Path).Split(' ')[0] is var name && (name == program.Name || (IsNameOf(core, program.Name) && IsNameOf(core, name))));

    /// <summary>It may have another name there than here; the kernel keeps the beginning of it.</summary>
    private static bool IsNameOf(CoreFile core, string name) => core.Program.Length > 0 && (core.Program.Length < CoreSearch.NameLength ? core.Program == name : name.StartsWith(core.Program, StringComparison.Ordinal));

    /// <summary>By what the loader maps: debug info and names may have been taken away.</summary>
    private static bool IsSame(ElfFile head, ElfFile program) => Loads(head).SequenceEqual(Loads(program)) && head.Entry == program.Entry;

    private static IEnumerable<(ulong, ulong, ulong)> Loads(ElfFile elf) =>
        elf.Segments.Where(segment => segment.Type == ElfSegmentType.Load).Select(segment => (segment.Address, (ulong)segment.FileSize, (ulong)segment.MemorySize));
}
