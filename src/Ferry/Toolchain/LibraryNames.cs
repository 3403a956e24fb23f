using System.Text;
using System.Text.RegularExpressions;

namespace Ferry.Toolchain;

/// <summary>
/// A device has <c>libc.so.6</c>, and <c>-lc</c> looks for <c>libc.so</c>, which only a -dev package has (as a script for the linker, with paths
/// of its own). So <c>lib/</c> of a link folder gives each library the name under which linkers look for it.
/// </summary>
internal static partial class LibraryNames
{
    /// <summary>rustc names these on every line. From glibc 2.34 on they are part of libc, and a device may lack the empty files that remain.</summary>
    private static readonly string[] PartsOfLibc = ["pthread", "dl", "rt", "util"];

    private const int LongestScript = 512;

    /// <summary>Fills <paramref name="into"/> from the sysroot's library folders; the first folder that has a library wins.</summary>
    public static void Link(IEnumerable<string> folders, string into)
    {
        Directory.CreateDirectory(into);
        foreach (var (name, file) in Choose(folders))
        {
            Place(file, Path.Combine(into, name));
        }

        FillIn(into);
    }

    /// <summary>The libraries of these folders, each with the name for linkers; the first folder that has one wins.</summary>
    public static IEnumerable<(string Name, string File)> Choose(IEnumerable<string> folders) =>
        folders.SelectMany(In).DistinctBy(library => library.Name);

    private static IEnumerable<(string Name, string File)> In(string folder)
    {
        // What a -dev package says is the library is right; a script of its that names several libraries stays where it is.
        // A link of it may lead to a library that came with no package.
        var named = Directory.EnumerateFiles(folder, "lib*.so").Where(SymbolicLink.LeadsToFile).ToLookup(IsScriptOfSeveral);
        var scripts = named[true].Select(Path.GetFileName).ToHashSet();
        return named[false].Where(IsElf).Select(file => (Path.GetFileName(file), file))
            .Concat(NewestOfEach(folder).Select(library => ($"lib{library.Name}.so", library.File)).Where(library => !scripts.Contains(library.Item1)));
    }

    /// <summary>libpthread.so.0 is libpthread.so for linkers.</summary>
    public static string ForLinkers(string soName) => Versioned().Match(soName) is { Success: true } match ? $"lib{match.Groups["name"].Value}.so" : soName;

    /// <summary>Where libc is there and its former parts are not: empty archives, which every linker takes.</summary>
    public static void FillIn(string into)
    {
        if (File.Exists(Path.Combine(into, "libc.so")))
        {
            foreach (var name in PartsOfLibc.Where(name => !File.Exists(Path.Combine(into, $"lib{name}.so"))))
            {
                File.WriteAllText(Path.Combine(into, $"lib{name}.a"), "!<arch>\n");
            }
        }
    }

    private static bool IsElf(string file) => Head(file).AsSpan().StartsWith("\u007fELF"u8);

    // "INPUT(libncurses.so.6 -ltinfo)", not libc's own, which name libc.so.6 by its path on the device.
    private static bool IsScriptOfSeveral(string file) =>
        Head(file) is var head && !head.AsSpan().StartsWith("\u007fELF"u8) && Encoding.Latin1.GetString(head).Contains("-l", StringComparison.Ordinal) && !Encoding.Latin1.GetString(head).Contains(" /", StringComparison.Ordinal);

    private static byte[] Head(string file)
    {
        var head = new byte[LongestScript];
        using var stream = File.OpenRead(file);
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    // libfoo.so.2 rather than libfoo.so.1, and libfoo.so.1 rather than libfoo.so.1.0.3, which it names.
    private static IEnumerable<(string Name, string File)> NewestOfEach(string folder) =>
        Directory.EnumerateFiles(folder, "lib*.so.*")
            .Select(file => (File: file, Match: Versioned().Match(Path.GetFileName(file))))
            .Where(entry => entry.Match.Success)
            .GroupBy(entry => entry.Match.Groups["name"].Value)
            .Select(group => (group.Key, group
                .OrderBy(entry => entry.Match.Groups["version"].Value.Count(c => c == '.'))
                .ThenByDescending(entry => entry.Match.Groups["version"].Value.Length)
                .ThenByDescending(entry => entry.Match.Groups["version"].Value, StringComparer.Ordinal)
                .First().File));

    private static void Place(string file, string name)
    {
        if (File.Exists(name))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            File.Copy(file, name); // Symlinks are a privilege there.
        }
        else
        {
            File.CreateSymbolicLink(name, file);
        }
    }

    [GeneratedRegex(@"^lib(?<name>.+?)\.so\.(?<version>[0-9]+(\.[0-9]+)*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Versioned();
}
