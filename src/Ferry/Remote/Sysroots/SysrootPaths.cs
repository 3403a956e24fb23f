using Ferry.Devices;

namespace Ferry.Remote.Sysroots;

/// <summary>Which of a package's files a link, a compiler or pkg-config has a use for.</summary>
internal static class SysrootPaths
{
    private static readonly string[] LibraryEndings = [".so", ".a", ".o"];
    private static readonly string[] ToolEndings = [".pc", ".cmake", ".h", ".hpp", ".inc"];

    /// <summary>Headers, libraries where the linker looks for them, and what tells build systems about both.</summary>
    public static bool IsWanted(string path)
    {
        if (!DevicePath.IsPlain(path))
        {
            return false;
        }

        var parts = BelowPrefix(path).ToArray();
        return parts switch
        {
            ["include", _, ..] => true,
            [var lib, _, ..] when IsLib(lib) => IsLibrary(path) || Array.Exists(ToolEndings, ending => path.EndsWith(ending, StringComparison.Ordinal)),
            ["share", "pkgconfig", _] => path.EndsWith(".pc", StringComparison.Ordinal),
            ["share", "cmake", _, ..] => true,
            _ => false,
        };
    }

    /// <summary>A library or an object in a folder that linkers search: lib, lib/TRIPLET, lib/gcc/TRIPLET/VERSION.</summary>
    public static bool IsLibrary(string path) =>
        (Array.Exists(LibraryEndings, ending => path.EndsWith(ending, StringComparison.Ordinal)) || path.Contains(".so.", StringComparison.Ordinal))
        && BelowPrefix(path).ToArray() is [var lib, .. var rest]
        && IsLib(lib)
        && rest is [_] or [_, _] or ["gcc", _, _, _]
        && (rest.Length != 2 || rest[0].Contains("-linux-", StringComparison.Ordinal));

    private static bool IsLib(string part) => part is "lib" or "lib32" or "lib64";

    private static IEnumerable<string> BelowPrefix(string path)
    {
        var parts = path[1..].Split('/').AsEnumerable();
        parts = parts.First() == "usr" ? parts.Skip(1) : parts;
        return parts.FirstOrDefault() == "local" ? parts.Skip(1) : parts;
    }
}
