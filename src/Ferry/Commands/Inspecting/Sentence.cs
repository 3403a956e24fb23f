using Ferry.Doors;
using Ferry.Elf;
using Ferry.Elf.Inspection;

namespace Ferry.Commands.Inspecting;

/// <summary>What a file is, as one sentence that a person understands.</summary>
internal static class Sentence
{
    public static string Of(string name, ElfFile file, FileNature nature, CoreFacts? core) => nature.Kind switch
    {
        FileKind.Program when nature.Linkage is Linkage.Static or Linkage.StaticPie => $"'{name}' is a static program for {System(file)}: it needs no loader and no libraries",
        FileKind.Program => $"'{name}' is a program for {System(file)}{Libc(file)}",
        FileKind.SharedLibrary => $"'{name}' is a shared library for {System(file)}{Libc(file)}",
        FileKind.Object when file.Sections.Any(section => section.Name == ".modinfo") => $"'{name}' is a module of a Linux kernel for {PlatformWords.Of(file)}",
        FileKind.Object => $"'{name}' is an object for {PlatformWords.Of(file)}: compiled, and not linked yet",
        FileKind.DebugFile => $"'{name}' holds the debug information of a file for {PlatformWords.Of(file)}; it is no program itself",
        FileKind.Core => Death(name, file, core!),
        _ => $"'{name}' is an ELF file of type {(int)file.Type} for {PlatformWords.Of(file)}",
    };

    public static string Of(string name, ArchiveReport archive)
    {
        var kinds = archive.Members.Select(member => member.Is).OfType<string>().Distinct().ToList();
        var objects = archive.Members.Count(member => member.Is is not null);
        var what = archive.Thin ? Count(archive.Members.Count, "file") + " that lie beside it (a thin archive)"
            : objects == 0 ? Count(archive.Members.Count, "file") + ", none of them an object"
            : kinds.Count == 1 ? $"{Count(objects, "object")} for {kinds[0]}"
            : $"{Count(objects, "object")} of {kinds.Count} kinds: {string.Join("; ", kinds.Take(4))}{(kinds.Count > 4 ? " …" : "")}";
        return $"'{name}' is an archive of {what}";
    }

    private static string Death(string name, ElfFile file, CoreFacts core)
    {
        var who = (core.Path is { } path ? Path.GetFileName(path) : core.Name) is { } program ? $"'{program}'" : "a process";
        var how = core.Signal is { } signal and > 0
            ? $", which died of {SignalNames.Of(signal)}{(core.FaultAddress is { } address ? $" at address 0x{address:x}" : "")}" : "";
        return $"'{name}' is the memory of {who} ({PlatformWords.Of(file)}){how}";
    }

    // Said only where the file says it: a static program may be for a bare board.
    private static string System(ElfFile file) => PlatformWords.Processor(file) + file.OsAbi switch
    {
        ElfOsAbi.FreeBsd => " FreeBSD",
        ElfOsAbi.OpenBsd => " OpenBSD",
        _ when file.AbiTag is { Os: 0 } || file.OsAbi == ElfOsAbi.Gnu || file.Interpreter is not null || file.VersionNeeds.Count > 0 => " Linux",
        _ => "",
    } + PlatformWords.Of(file)[PlatformWords.Processor(file).Length..];

    private static string Libc(ElfFile file)
    {
        if (file.VersionDefinitions.Any(version => version.Name.StartsWith("GLIBC_", StringComparison.Ordinal)))
        {
            return ", a part of glibc";
        }

        var newest = file.VersionNeeds.SelectMany(need => need.Versions).Where(version => !version.IsWeak && version.Name.StartsWith("GLIBC_", StringComparison.Ordinal))
            .Select(version => Version.TryParse(version.Name.AsSpan(6), out var number) ? number : null).Max();
        return newest is not null ? $" with glibc {newest} or later"
            : file.Interpreter?.Contains("/ld-musl-", StringComparison.Ordinal) == true || file.Dynamic?.Needed.Any(IsMusl) == true ? " with musl"
            : file.Interpreter is { } loader ? $" with the loader {loader}" : "";
    }

    private static bool IsMusl(string library) => library == "libc.so" || library.StartsWith("libc.musl-", StringComparison.Ordinal);

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
