using Ferry.Devices;
using Ferry.Packages.Formats;
using Ferry.Remote.Sysroots;

namespace Ferry.Packages;

/// <summary>
/// The files of packages as they would lie on the device, in memory. Links are followed here, within the tree, and become further names of the file
/// that they lead to: a link of a package is never made on this PC.
/// </summary>
internal sealed class PackageTree
{
    private const int MostLinks = 40;

    private readonly Dictionary<string, (PackageFile File, string Package)> entries = [];
    private readonly Dictionary<string, byte[]> own = [];
    private readonly DeviceProfile profile;
    private readonly bool isMerged;

    /// <param name="profile">Says whether /lib is /usr/lib.</param>
    /// <param name="ownLibraries">What the sysroot has of the device itself.</param>
    public PackageTree(DeviceProfile profile, IEnumerable<SysrootContent> ownLibraries)
    {
        this.profile = profile;
        isMerged = profile.LibraryFolders.Any(folder => folder.Path.StartsWith("/lib", StringComparison.Ordinal) && folder.RealPath?.StartsWith("/usr/lib", StringComparison.Ordinal) == true);
        foreach (var content in ownLibraries)
        {
            foreach (var path in content.Wanted.Paths)
            {
                own[Canonical(path)] = content.Bytes;
            }
        }
    }

    public void Add(PackageFile file, string package)
    {
        var path = Canonical(file.Path);
        if (!own.ContainsKey(path))
        {
            entries[path] = (file with { Path = path }, package);
        }
    }

    /// <summary>Libraries that links of packages lead to and that are not here: their paths, and the package that wants each.</summary>
    public IReadOnlyList<(string Path, string Package)> Missing() =>
        [.. from entry in entries
            where entry.Value.File.Target is not null && SysrootPaths.IsLibrary(entry.Key) && !entry.Key.Contains("/gcc/", StringComparison.Ordinal)
            let end = End(entry.Key)
            where SysrootPaths.IsLibrary(end) && !own.ContainsKey(end) && !entries.ContainsKey(end)
            select (end, entry.Value.Package)];

    /// <summary>Every file with all of its names. Links that lead nowhere are left out.</summary>
    public IReadOnlyList<SysrootContent> Contents()
    {
        var names = entries.Where(entry => entry.Value.File.Bytes is not null).ToDictionary(entry => entry.Key, entry => new List<string> { entry.Key });
        var contents = new List<SysrootContent>();
        foreach (var (path, (_, package)) in entries.Where(entry => entry.Value.File.Target is not null))
        {
            var end = End(path);
            if (names.TryGetValue(end, out var found))
            {
                found.Add(path);
            }
            else if (own.TryGetValue(end, out var bytes))
            {
                contents.Add(new(new WantedFile { Paths = [.. Everywhere(path)] }, bytes, package, end));
            }

            foreach (var below in names.Where(name => name.Key.StartsWith(end + "/", StringComparison.Ordinal)).ToList())
            {
                below.Value.Add(path + below.Key[end.Length..]);
            }
        }

        contents.AddRange(names.Select(file => new SysrootContent(
            new WantedFile { Paths = [.. file.Value.SelectMany(Everywhere).Distinct()] }, entries[file.Key].File.Bytes!, entries[file.Key].Package)));
        return OperatingSystem.IsLinux() ? contents : WithoutTwins(contents);
    }

    // Where a disk does not tell upper case from lower, the kernel's headers have names that would be one file.
    private static List<SysrootContent> WithoutTwins(List<SysrootContent> contents)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. contents.OrderBy(content => content.Wanted.Paths[0], StringComparer.Ordinal)
            .Select(content => content with { Wanted = content.Wanted with { Paths = [.. content.Wanted.Paths.Where(seen.Add)] } })
            .Where(content => content.Wanted.Paths.Count > 0)];
    }

    private string Canonical(string path) =>
        isMerged && path.Split('/') is ["", "lib" or "lib32" or "lib64" or "libx32", _, ..] ? "/usr" + path : path;

    // By the device's other names of the same folder, too: with a merged /usr scripts of linkers say /lib/….
    private IEnumerable<string> Everywhere(string path) =>
        profile.LibraryFolders.Where(folder => folder.RealPath == DevicePath.Folder(path) && folder.Path != folder.RealPath && DevicePath.IsPlain(folder.Path))
            .Select(folder => folder.Path + "/" + DevicePath.Name(path)).Prepend(path);

    /// <summary>Where a path ends when every link on its way is followed, whether there is something or not.</summary>
    private string End(string path)
    {
        var first = path;
        for (var links = 0; links < MostLinks; links++)
        {
            if (Prefixes(path).FirstOrDefault(prefix => entries.TryGetValue(prefix, out var entry) && entry.File.Target is not null) is not { } link)
            {
                return path;
            }

            path = Canonical(Followed(link, entries[link].File.Target!) + path[link.Length..]);
        }

        throw new FerryException($"the link {first} of {entries[first].Package} leads in a circle");
    }

    private string Followed(string link, string target)
    {
        var parts = new List<string>();
        foreach (var part in (target.StartsWith('/') ? target : DevicePath.Folder(link) + "/" + target).Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                throw new FerryException($"the link {link} of {entries[link].Package} leads out of the device's root", $"it leads to {target}");
            }
        }

        return "/" + string.Join('/', parts);
    }

    private static IEnumerable<string> Prefixes(string path)
    {
        for (var at = path.IndexOf('/', 1); at > 0; at = path.IndexOf('/', at + 1))
        {
            yield return path[..at];
        }

        yield return path;
    }
}
