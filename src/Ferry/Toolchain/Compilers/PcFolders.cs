namespace Ferry.Toolchain.Compilers;

/// <summary>Where a device's .pc files are, which say how its libraries are compiled against and linked. Never this PC's.</summary>
internal static class PcFolders
{
    /// <summary>What is put before the paths in them. With no sysroot a folder that is not there, so that nothing of this PC is named.</summary>
    public static string Root(BuildToolSettings settings) => settings.Sysroot.Length > 0 ? settings.Sysroot : "/no/sysroot";

    public static IReadOnlyList<string> For(BuildToolSettings settings)
    {
        var target = CTarget.Of(settings.Target);
        // A musl program cannot use what was built for glibc, and only Debian's folder for musl is known not to be that.
        string[] folders = target.IsMusl
            ? [$"usr/lib/{target.Folder}/pkgconfig"]
            : ["usr/local/lib/pkgconfig", $"usr/local/lib/{target.Folder}/pkgconfig", $"usr/lib/{target.Folder}/pkgconfig", "usr/lib/pkgconfig", "usr/lib64/pkgconfig", "usr/share/pkgconfig", "usr/local/share/pkgconfig"];
        return [.. folders.Select(folder => Path.Combine(Root(settings), folder))];
    }
}
