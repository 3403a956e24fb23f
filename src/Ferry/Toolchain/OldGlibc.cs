using Ferry.Elf;
using Ferry.Elf.Stubs;

namespace Ferry.Toolchain;

/// <summary>
/// <c>lib/</c> of a link folder with a ceiling: stub libraries that offer what an older glibc did, made from the libraries at hand; and
/// beside it the list of what they lack.
/// </summary>
internal static class OldGlibc
{
    /// <summary>Lines <c>SYMBOL VERSION</c>: what the libraries at hand have, and had not before that version.</summary>
    public const string AboveName = "above-ceiling.txt";

    /// <summary>Goes up when the same libraries give other stubs.</summary>
    public const int Shape = 1;

    public static void Write(SysrootFacts sysroot, Version ceiling, string folder)
    {
        var lib = Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName;
        var files = LibraryNames.Choose(sysroot.LocalLibraryFolders).Append((Name: Path.GetFileName(sysroot.Loader!), File: sysroot.Loader!));
        // A library without a name of its own goes by the one of its file, as linkers have it.
        var libraries = files.Select(one => (one.Name, Stub: Read(one.File))).Where(one => one.Stub is not null)
            .Select(one => (one.Name, Stub: one.Stub! with { SoName = one.Stub!.SoName ?? one.Name }))
            // Until 2.33 the file was libc-2.31.so, and libc.so.6 a link to it.
            .OrderBy(one => one.Name != LibraryNames.ForLinkers(one.Stub.SoName!))
            .DistinctBy(one => one.Stub.SoName)
            .ToList();
        var names = libraries.ToDictionary(one => one.Stub.SoName!, one => one.Name);
        var lowered = GlibcCeiling.Apply(libraries.Select(one => one.Stub), ceiling);
        foreach (var library in lowered.Libraries)
        {
            File.WriteAllBytes(Path.Combine(lib, names.GetValueOrDefault(library.SoName!) ?? LibraryNames.ForLinkers(library.SoName!)), library.ToBytes());
        }

        LibraryNames.FillIn(lib);
        File.WriteAllLines(Path.Combine(folder, AboveName), lowered.Above.Select(symbol => $"{symbol.Symbol} {symbol.Version}"));
    }

    private static StubLibrary? Read(string file)
    {
        try
        {
            return StubLibrary.Of(ElfFile.Read(File.ReadAllBytes(file)));
        }
        catch (ElfFormatException)
        {
            return null; // A linker script, say: the linker finds it in the sysroot itself.
        }
    }
}
