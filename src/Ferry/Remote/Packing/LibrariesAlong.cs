using Ferry.Elf;

namespace Ferry.Remote.Packing;

/// <summary>
/// Finds the shared libraries that a program needs and that lie in the folders cargo names for its run (its own output, rustc's
/// libraries, what build scripts printed): they go along. The C library and its like are always the device's.
/// </summary>
internal static class LibrariesAlong
{
    private static readonly string[] AlwaysTheDevices =
        ["libc.so", "libm.so", "libpthread.so", "libdl.so", "librt.so", "libutil.so", "libgcc_s.so", "libresolv.so", "ld-linux", "ld-musl"];

    /// <summary>The libraries' paths, each once, those that the program itself needs first.</summary>
    public static IReadOnlyList<string> Of(ElfFile program, IReadOnlyList<string> folders)
    {
        var found = new Dictionary<string, string>();
        var open = new Queue<ElfFile>([program]);
        while (open.TryDequeue(out var file))
        {
            foreach (var name in file.Dynamic?.Needed ?? [])
            {
                if (!found.ContainsKey(name) && !IsTheDevices(name) && Find(name, folders, program) is var (path, library))
                {
                    found.Add(name, path);
                    open.Enqueue(library);
                }
            }
        }

        return [.. found.Values];
    }

    private static bool IsTheDevices(string name) => AlwaysTheDevices.Any(own => name.StartsWith(own, StringComparison.Ordinal));

    private static (string Path, ElfFile Library)? Find(string name, IReadOnlyList<string> folders, ElfFile program)
    {
        // A name with a slash is a path of the device; it is not looked for here.
        foreach (var path in name.Contains('/') ? [] : folders.Select(folder => Path.Combine(folder, name)).Where(File.Exists))
        {
            if (TryRead(path) is { } library && library.Machine == program.Machine && library.Class == program.Class)
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
