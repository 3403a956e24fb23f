namespace Ferry.Remote.Trees;

/// <summary>
/// The files of a package that go along with its tests: those that its <c>files</c> name; where it says nothing, all but what is hidden,
/// cargo's output and the workspace's other packages, as long as that is not much.
/// </summary>
internal sealed class CrateFiles
{
    private const long MostBytes = 16 << 20;
    private const int MostFiles = 5000;

    private readonly CrateFacts crate;
    private readonly TreePlace workspace;
    private readonly KnownHashes hashes;
    private readonly Action<string> warn;
    private readonly SortedDictionary<string, TreeEntry> entries = new(StringComparer.Ordinal);

    private CrateFiles(CrateFacts crate, TreePlace workspace, Action<string> warn)
    {
        (this.crate, this.workspace, this.warn) = (crate, workspace, warn);
        hashes = new KnownHashes(crate.Folder);
    }

    /// <summary>Entries in the order of their paths, so that the same files make the same part.</summary>
    /// <param name="crate">The package.</param>
    /// <param name="workspace">Where it lies.</param>
    /// <param name="warn">Hears what is not taken.</param>
    /// <param name="without">Paths that are to stay here.</param>
    public static IReadOnlyList<TreeEntry> Of(CrateFacts crate, TreePlace workspace, Action<string> warn, IReadOnlySet<string>? without = null)
    {
        var files = new CrateFiles(crate, workspace, warn);
        if (crate.Files is null)
        {
            files.TakeAll(new DirectoryInfo(crate.Folder), _ => true, isAsked: false);
            files.DropIfMuch();
        }
        else
        {
            foreach (var pattern in crate.Files)
            {
                files.Take(pattern);
            }
        }

        files.hashes.Keep();
        return [.. files.entries.Values.Where(entry => without?.Contains(entry.Source) != true)];
    }

    private void DropIfMuch()
    {
        var bytes = entries.Values.Sum(entry => entry.Size);
        if (bytes > MostBytes || entries.Count > MostFiles)
        {
            entries.Clear();
            warn($"the files of the package in '{crate.Folder}' ({bytes / 1_000_000} MB) do not go along with its tests, since that is much; files in [package.metadata.ferry] says which are needed: files = [\"testdata/**\"], or none: files = []");
        }
    }

    private void Take(string pattern)
    {
        var up = pattern.Split('/').TakeWhile(name => name is ".." or ".").ToList();
        var from = Path.GetFullPath(Path.Combine([crate.Folder, .. up]));
        if (Glob.Parse(string.Join('/', pattern.Split('/').Skip(up.Count))) is not { } glob || workspace.PathOf(from) is null)
        {
            throw new FerryException($"'{pattern}' in files of [package.metadata.ferry] leads out of the workspace", help: "patterns are relative to the package's folder, such as \"testdata/**\"");
        }

        var before = entries.Count;
        var start = new DirectoryInfo(Path.Combine(from, glob.FixedFolder));
        if (start.Exists)
        {
            TakeAll(start, path => IsNamed(glob, Relative(from, path)), isAsked: true);
        }

        if (entries.Count == before && !entries.Values.Any(entry => IsNamed(glob, Relative(from, workspace.FileOf(entry.Path)!))))
        {
            warn($"'{pattern}' in files of [package.metadata.ferry] names no file");
        }
    }

    private static string Relative(string from, string path) => Path.GetRelativePath(from, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>A pattern that names a folder means everything in it.</summary>
    private static bool IsNamed(Glob glob, string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (glob.Matches(path[..end]))
            {
                return true;
            }
        }

        return false;
    }

    private void TakeAll(DirectoryInfo folder, Func<string, bool> isNamed, bool isAsked)
    {
        var isEmpty = true;
        foreach (var found in folder.GetFileSystemInfos())
        {
            isEmpty = false;
            if (found.LinkTarget is { } target)
            {
                if (isNamed(found.FullName) && !(found.Name.StartsWith('.') && !isAsked))
                {
                    AddLink(found, target);
                }
            }
            else if (found is DirectoryInfo below)
            {
                if (!IsLeftOut(below, isAsked))
                {
                    TakeAll(below, isNamed, isAsked);
                }
            }
            else if (found is FileInfo file && isNamed(file.FullName) && (isAsked || file.Name[0] != '.'))
            {
                AddFile(file, file.FullName);
            }
        }

        if (isEmpty && isNamed(folder.FullName) && folder.FullName != crate.Folder)
        {
            Add(new TreeEntry { Path = workspace.PathOf(folder.FullName)!, Kind = TreeEntryKind.Folder, Mode = 0x1ED }); // 0755
        }
    }

    /// <summary>cargo marks its output with CACHEDIR.TAG, as other tools do what can be made again.</summary>
    private bool IsLeftOut(DirectoryInfo folder, bool isAsked) =>
        folder.Name == ".git" || folder.FullName == crate.Target || File.Exists(Path.Combine(folder.FullName, "CACHEDIR.TAG"))
        || (!isAsked && (folder.Name[0] == '.' || crate.Others.Contains(folder.FullName)));

    private void AddFile(FileInfo file, string place)
    {
        // Sockets and the like have a length of 0, and reading one may never end.
        if ((file.Attributes & (FileAttributes.Device | FileAttributes.System)) != 0 && !OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = OperatingSystem.IsWindows() ? 0x1A4 : (int)file.UnixFileMode & 0x1FF;
        Add(new TreeEntry { Path = workspace.PathOf(place)!, Kind = TreeEntryKind.Data, Mode = mode, Size = file.Length, Sha256 = hashes.Of(file), Source = file.FullName });
    }

    /// <summary>A link that stays in the workspace goes as one. Of one that leads out, the file goes that it leads to.</summary>
    private void AddLink(FileSystemInfo link, string target)
    {
        var end = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link.FullName)!, target));
        if (workspace.PathOf(end) is not null)
        {
            var relative = Path.GetRelativePath(Path.GetDirectoryName(link.FullName)!, end).Replace(Path.DirectorySeparatorChar, '/');
            Add(new TreeEntry { Path = workspace.PathOf(link.FullName)!, Kind = TreeEntryKind.Link, Target = relative });
        }
        else if (link.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } file)
        {
            AddFile(file, link.FullName);
        }
        else
        {
            warn($"the link '{link.FullName}' does not go along: it leads out of the workspace");
        }
    }

    private void Add(TreeEntry entry) => entries[entry.Path] = entry;
}
