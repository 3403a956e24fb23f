namespace Ferry.Remote.Trees;

/// <summary>What a package's build script has made (OUT_DIR): a test may read it while it runs. Objects and archives are for the linker only.</summary>
internal static class BuildScriptFiles
{
    private const long MostBytes = 16 << 20;

    private static readonly string[] ForTheLinker = [".o", ".a", ".rlib", ".lib", ".obj", ".d"];

    public static IReadOnlyList<TreeEntry> Of(string folder, IReadOnlyList<TreePlace> places, Action<string> warn)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => !ForTheLinker.Contains(file.Extension)).OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
        if (files.Sum(file => file.Length) is > MostBytes and var much)
        {
            warn($"what the build script made in '{folder}' ({much / 1_000_000} MB) does not go along with the tests, since that is much");
            files = [];
        }

        var hashes = new KnownHashes(folder);
        List<TreeEntry> entries = [.. files.Select(file => Entry(file, places, hashes))];
        hashes.Keep();
        return entries;
    }

    private static TreeEntry Entry(FileInfo file, IReadOnlyList<TreePlace> places, KnownHashes hashes) => new()
    {
        Path = places.Select(place => place.PathOf(file.FullName)).First(path => path is not null)!,
        Kind = TreeEntryKind.Data,
        Mode = OperatingSystem.IsWindows() ? 0x1A4 : (int)file.UnixFileMode & 0x1FF,
        Size = file.Length,
        Sha256 = hashes.Of(file),
        Source = file.FullName,
    };
}
