using Ferry.Devices;
using Ferry.Remote.Agent;
using Ferry.Settings;
using Ferry.Toolchain;

namespace Ferry.Remote.Housekeeping;

/// <summary>All that is in this PC's cache, with what needs it. Everything there can be had again; some of it only from a device.</summary>
internal sealed class CacheInventory(string cache, IReadOnlyCollection<string> sysroots, IReadOnlyCollection<string> devices)
{
    private const string Half = "half written";

    private static readonly Lazy<HashSet<string>> Builds = new(() => [.. Targets.All.Select(target => AgentSource.Build(target.Triple))]);

    /// <summary>With the devices of this user. Throws when the record of one cannot be read: then nobody knows what it needs.</summary>
    public static CacheInventory OfThisPc()
    {
        var names = DeviceBook.Names();
        var records = names.Select(DeviceBook.Find).Concat(EmulatorBook.All());
        return new(Folders.Cache, [.. records.Select(record => record?.SysrootId).OfType<string>()], names);
    }

    public IReadOnlyList<CacheThing> All() =>
    [
        .. Below("sent").SelectMany(place => place is DirectoryInfo folder ? folder.EnumerateFiles() : []).Select(file => Thing("sent versions", file, CacheNeed.Age)),
        .. Below("programs").Select(file => Thing("notes on programs", file, CacheNeed.Age)),
        .. Below("packages").Select(file => Thing("packages", file, CacheNeed.Age)),
        .. Below("rust").Select(file => Thing("answers of rustc", file, CacheNeed.Age)),
        .. Below("debuggers").Select(file => Thing("answers of debuggers", file, CacheNeed.Age)),
        .. Below("crashes").Select(file => Thing("crash files", file, CacheNeed.Age)),
        .. Below("cores").Select(folder => Thing("cores", folder, CacheNeed.Age)),
        .. Below("devices").Select(file => Thing("notes on devices", file, devices.Contains(file.Name) ? CacheNeed.Needed : CacheNeed.Left)),
        .. Below("agents").Select(folder => Thing("agents", folder, Builds.Value.Contains(folder.Name) ? CacheNeed.Needed : CacheNeed.Left)),
        .. Below("links").Select(folder => Thing("link folders", folder, NeedOfLink(folder))),
        .. Below("sysroots").Select(folder => Thing("sysroots", folder, sysroots.Contains(folder.Name) ? CacheNeed.Needed : CacheNeed.Left)),
    ];

    private IEnumerable<FileSystemInfo> Below(string folder) =>
        new DirectoryInfo(Path.Combine(cache, folder)) is { Exists: true } found ? found.EnumerateFileSystemInfos() : [];

    /// <summary>Links for this PC itself and for static programs are bound to no device.</summary>
    private CacheNeed NeedOfLink(FileSystemInfo folder)
    {
        var kept = Path.Combine(cache, "sysroots") + Path.DirectorySeparatorChar;
        return LinkSettings.Read(folder.FullName) is not { } link ? CacheNeed.Left
            : !link.Sysroot.StartsWith(kept, StringComparison.Ordinal) || sysroots.Contains(link.Sysroot[kept.Length..]) ? CacheNeed.Needed
            : CacheNeed.Left;
    }

    private static CacheThing Thing(string kind, FileSystemInfo found, CacheNeed need)
    {
        // Files that are written beside, and renamed: "NAME.PID.tmp", ".new-…", "NAME.PID-RANDOM".
        var isHalf = found.Name.EndsWith(".tmp", StringComparison.Ordinal) || found.Name.StartsWith('.') || (need == CacheNeed.Left && found.Name.Contains('.'));
        return new(isHalf ? Half : kind, found.FullName, SizeOf(found), found.LastWriteTimeUtc, isHalf ? CacheNeed.Left : need);
    }

    // What a link leads to is not part of it.
    private static long SizeOf(FileSystemInfo found) =>
        found.LinkTarget is not null ? 0
        : found is FileInfo file ? file.Length
        : new DirectoryInfo(found.FullName).EnumerateFileSystemInfos().Sum(SizeOf);
}
