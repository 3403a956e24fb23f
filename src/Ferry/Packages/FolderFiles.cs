using Ferry.Packages.Formats;
using Ferry.Remote.Sysroots;

namespace Ferry.Packages;

/// <summary>The files of a folder of this PC that is laid out as a device's root. Links are read, not followed.</summary>
internal static class FolderFiles
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Throws <see cref="FerryException"/> where there is nothing for a link.</summary>
    public static IReadOnlyList<PackageFile> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new FerryException($"there is no folder '{folder}'", help: "name a folder that is laid out as the device's root: FOLDER/usr/include, FOLDER/usr/lib", exit: ExitCode.WrongUsage);
        }

        var files = Below(new DirectoryInfo(folder), "").ToList();
        return files.Count > 0 ? files : throw new FerryException(
            $"'{folder}' has nothing that a link could use",
            "no headers below usr/include, no libraries in usr/lib, usr/lib/TRIPLET or lib",
            "name a folder that is laid out as the device's root: FOLDER/usr/include, FOLDER/usr/lib");
    }

    private static IEnumerable<PackageFile> Below(DirectoryInfo folder, string path)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var own = $"{path}/{entry.Name}";
            if (entry.LinkTarget is { } target)
            {
                if (SysrootPaths.IsWanted(own))
                {
                    yield return new(own, null, target.Replace('\\', '/'));
                }
            }
            else if (entry is DirectoryInfo inner)
            {
                // Of the root only what may hold something: a whole system has /proc.
                foreach (var file in path.Length > 0 || entry.Name is "usr" or "lib" or "lib32" or "lib64" ? Below(inner, own) : [])
                {
                    yield return file;
                }
            }
            else if (SysrootPaths.IsWanted(own) && (entry.Attributes & FileAttributes.Device) == 0)
            {
                yield return new(own, File.ReadAllBytes(entry.FullName), null);
            }
        }
    }
}
