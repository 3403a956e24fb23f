using Ferry.Elf;

namespace Ferry.Remote.Packing;

/// <summary>
/// Finds the shared libraries that a program needs and that lie in the folders cargo names for its run (its own output, rustc's
/// libraries, what build scripts printed): they go along. The C library and its like are always the device's. Of a program that
/// loads libraries by name while it runs (dlopen), nobody knows which: all that were built with it go along.
/// </summary>
internal static class LibrariesAlong
{
    private static readonly string[] AlwaysTheDevices =
        ["libc.so", "libm.so", "libpthread.so", "libdl.so", "librt.so", "libutil.so", "libgcc_s.so", "libresolv.so", "ld-linux", "ld-musl"];

    /// <summary>The libraries' paths, each name once, those that the program itself needs first; and the folders of which all libraries were taken.</summary>
    public static (IReadOnlyList<string> Paths, IReadOnlyList<string> TakenWhole) Of(string path, ElfFile program, IReadOnlyList<string> folders)
    {
        var found = new Dictionary<string, string>();
        var loads = AddNeeded(program, found, folders, program);
        IReadOnlyList<string> own = loads ? BuiltWith(path, folders) : [];
        foreach (var library in own.SelectMany(SharedObjects).Where(library => !found.ContainsKey(Path.GetFileName(library))))
        {
            if (TryRead(library) is { Interpreter: null } file && IsAlike(file, program))
            {
                found.Add(Path.GetFileName(library), library);
                _ = AddNeeded(file, found, folders, program);
            }
        }

        return ([.. found.Values], own);
    }

    /// <summary>Adds what a file needs, and what that needs; says whether any of them calls dlopen.</summary>
    private static bool AddNeeded(ElfFile from, Dictionary<string, string> found, IReadOnlyList<string> folders, ElfFile program)
    {
        var loads = false;
        var open = new Queue<ElfFile>([from]);
        while (open.TryDequeue(out var file))
        {
            loads |= file.DynamicSymbols.Any(symbol => !symbol.IsDefined && symbol.Name is "dlopen" or "dlmopen");
            foreach (var name in file.Dynamic?.Needed ?? [])
            {
                if (!found.ContainsKey(name) && !IsTheDevices(name) && Find(name, folders, program) is var (path, library))
                {
                    found.Add(name, path);
                    open.Enqueue(library);
                }
            }
        }

        return loads;
    }

    /// <summary>Those of the folders that lie in the program's part of cargo's output: others may be the system's, and large.</summary>
    private static IReadOnlyList<string> BuiltWith(string program, IReadOnlyList<string> folders)
    {
        var output = OutputFolder(program);
        return [.. folders.Where(folder => Directory.Exists(folder) && IsWithin(folder, output))];
    }

    /// <summary>cargo's folder for the program's target and profile: programs lie in it, in deps/ or in examples/.</summary>
    public static string OutputFolder(string program)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(program))!;
        return Path.GetFileName(folder) is "deps" or "examples" ? Path.GetDirectoryName(folder)! : folder;
    }

    public static bool IsWithin(string folder, string output) =>
        (Path.GetFullPath(folder) + Path.DirectorySeparatorChar).StartsWith(output + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> SharedObjects(string folder) =>
        Directory.EnumerateFiles(folder, "*.so").Concat(Directory.EnumerateFiles(folder, "*.so.*")).Order(StringComparer.Ordinal);

    private static bool IsAlike(ElfFile library, ElfFile program) => library.Machine == program.Machine && library.Class == program.Class;

    private static bool IsTheDevices(string name) => AlwaysTheDevices.Any(own => name.StartsWith(own, StringComparison.Ordinal));

    private static (string Path, ElfFile Library)? Find(string name, IReadOnlyList<string> folders, ElfFile program)
    {
        // A name with a slash is a path of the device; it is not looked for here.
        foreach (var path in name.Contains('/') ? [] : folders.Select(folder => Path.Combine(folder, name)).Where(File.Exists))
        {
            if (TryRead(path) is { } library && IsAlike(library, program))
            {
                return (path, library);
            }
        }

        return null;
    }

    private static ElfFile? TryRead(string path)
    {
        try
        {
            return ElfFile.Read(File.ReadAllBytes(path));
        }
        catch (ElfFormatException)
        {
            // A linker script (libfoo.so) or a file of another kind: not what the loader would take.
            return null;
        }
    }
}
