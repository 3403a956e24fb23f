using Ferry.Devices;

namespace Ferry.Remote.Sysroots;

/// <summary>A file that a sysroot is to have, with what the device said of it.</summary>
internal sealed record WantedFile
{
    /// <summary>Every path that leads to it on the device, plain; the first is the one to read.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    public long? Size { get; init; }

    public string? Sha256 { get; init; }

    public string? Cksum { get; init; }

    /// <summary>
    /// The files that a profile names, one for each content. A library is wanted at every path that leads to it: with a merged /usr,
    /// /lib/libc.so.6 and /usr/lib/libc.so.6 are one file, gdb asks for it by the path that the loader told it, and the linker by the other.
    /// </summary>
    public static IReadOnlyList<WantedFile> Of(DeviceProfile profile)
    {
        var files = profile.RuntimeLibraries.Where(file => DevicePath.IsPlain(file.Path) && DevicePath.IsPlain(file.RealPath))
            .GroupBy(Content)
            .Select(same => new WantedFile
            {
                Paths = [.. same.SelectMany(file => PathsOf(file, profile.LibraryFolders)).Distinct()],
                Size = same.First().Size,
                Sha256 = same.First().Sha256,
                Cksum = same.First().Cksum,
            })
            .DistinctBy(file => file.Paths[0])
            .ToList();
        if (profile.Libc.FindLoader() is { } loader && DevicePath.IsPlain(loader) && !files.Any(file => file.Paths.Contains(loader)))
        {
            files.Add(new WantedFile { Paths = [loader] });
        }

        return files;
    }

    private static string Content(RuntimeLibrary file) =>
        file.Sha256 ?? (file is { Cksum: not null, Size: not null } ? $"{file.Cksum} {file.Size}" : file.RealPath);

    private static IEnumerable<string> PathsOf(RuntimeLibrary file, IReadOnlyList<LibraryFolder> folders)
    {
        var (folder, name) = (DevicePath.Folder(file.Path), DevicePath.Name(file.Path));
        var others = folders.Where(other => other.RealPath == folder && DevicePath.IsPlain(other.Path)).Select(other => other.Path + "/" + name);
        return [file.RealPath, file.Path, .. others];
    }
}
