namespace Ferry.Toolchain;

/// <summary>Another name for Ferry's own file: the name by which it is started says what it is to be. A symlink; on Windows a copy.</summary>
internal static class DoorFile
{
    /// <summary>rustc guesses the language of its line from this name: it must not end in ld, lld, link, gcc or clang.</summary>
    public const string Linker = "ferry-linker";

    public const string Runner = "ferry-runner";

    public const string Standby = "ferry-standby";

    public static string PathIn(string folder, string door) => Path.Combine(folder, OperatingSystem.IsWindows() ? door + ".exe" : door);

    /// <summary>Makes <paramref name="path"/> such a name, or leaves it as it is when it is one.</summary>
    public static void Place(string path, string ferry)
    {
        if (Names(path, ferry))
        {
            return;
        }

        // Beside it and renamed: a link that runs at this moment finds the old one or the new one.
        var beside = $"{path}.{Environment.ProcessId}-{Path.GetRandomFileName()}";
        if (OperatingSystem.IsWindows())
        {
            File.Copy(ferry, beside);
        }
        else
        {
            File.CreateSymbolicLink(beside, ferry);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static bool Names(string path, string ferry)
    {
        var file = new FileInfo(path);
        if (OperatingSystem.IsWindows())
        {
            var own = new FileInfo(ferry);
            return file.Exists && file.Length == own.Length && file.LastWriteTimeUtc == own.LastWriteTimeUtc;
        }

        return file.LinkTarget == ferry;
    }
}
