namespace Ferry.Elf.Inspection;

/// <summary>What a file is, and how it is linked.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Linkage">For programs, else null.</param>
public sealed record FileNature(FileKind Kind, Linkage? Linkage)
{
    /// <summary>Tells it by the type, the program headers and the dynamic section.</summary>
    /// <exception cref="ElfFormatException">One of these is broken.</exception>
    public static FileNature Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Type switch
        {
            ElfType.Relocatable => new(FileKind.Object, null),
            ElfType.Core => new(FileKind.Core, null),
            ElfType.Executable or ElfType.SharedObject when IsDebugFile(file) => new(FileKind.DebugFile, null),
            ElfType.Executable => new(FileKind.Program, file.Interpreter is null ? Inspection.Linkage.Static : Inspection.Linkage.Dynamic),
            ElfType.SharedObject when !IsProgram(file) => new(FileKind.SharedLibrary, null),
            ElfType.SharedObject => new(FileKind.Program, file.Interpreter is null ? Inspection.Linkage.StaticPie : Inspection.Linkage.DynamicPie),
            _ => new(FileKind.Other, null),
        };
    }

    // DF_1_PIE, which linkers write since 2018; before, a program was what named a loader. glibc's libc.so.6 does so, too, but has a soname.
    private static bool IsProgram(ElfFile file) =>
        file.Dynamic?.IsPie == true || (file.Interpreter is not null && file.Dynamic?.SoName is null);

    // objcopy --only-keep-debug keeps the headers of all sections, and makes those that are loaded SHT_NOBITS, notes apart.
    private static bool IsDebugFile(ElfFile file) =>
        file.Sections.Any(section => (section.Flags & ElfSectionFlags.Execute) != 0)
        && file.Sections.Where(section => (section.Flags & ElfSectionFlags.Execute) != 0).All(section => section.Type == ElfSectionType.NoBits);
}
