namespace Ferry.Remote.Sysroots;

/// <summary>
/// Puts a file into a sysroot at all of its paths. The device's own symlinks are never made here: a path that leads to the same file
/// becomes a link that Ferry makes itself, relative and to a file within the sysroot; on Windows, where links need a privilege, a copy.
/// </summary>
internal static class SysrootWriter
{
    public static void Write(string sysroot, IReadOnlyList<string> paths, byte[] bytes)
    {
        var content = Sysroot.PathOf(sysroot, paths[0]);
        Create(content, bytes);
        foreach (var path in paths.Skip(1))
        {
            var other = Sysroot.PathOf(sysroot, path);
            if (OperatingSystem.IsWindows())
            {
                Create(other, bytes);
                continue;
            }

            var folder = Path.GetDirectoryName(other)!;
            Directory.CreateDirectory(folder);
            File.CreateSymbolicLink(other, Path.GetRelativePath(folder, content));
        }
    }

    // CreateNew: two files of a device that differ only in case must not become one.
    private static void Create(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
    }
}
