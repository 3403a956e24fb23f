using Ferry.Devices;

namespace Ferry.Remote.Sysroots;

/// <summary>A sysroot with other packages is another sysroot: the old one stays as it is, for what was linked against it.</summary>
internal static class SysrootAdditions
{
    /// <summary>The sysroot with these besides what it has; what it had of the same packages goes.</summary>
    public static Sysroot Add(SysrootStore store, DeviceProfile profile, Sysroot sysroot, IReadOnlyList<SysrootContent> added)
    {
        var again = added.Select(content => content.Package).ToHashSet();
        var kept = sysroot.Contents(ofPackages: true).Where(content => !again.Contains(content.Package));
        return Make(store, profile, sysroot.Contents(ofPackages: false), [.. added, .. kept]);
    }

    /// <summary>The device's libraries, fetched anew, with the packages that its sysroot had before. <paramref name="fresh"/>: newer content of some, by path.</summary>
    public static Sysroot Carry(SysrootStore store, DeviceProfile profile, Sysroot from, Sysroot to, IReadOnlyDictionary<string, byte[]> fresh)
    {
        var own = to.Contents(ofPackages: false);
        var bytes = own.SelectMany(content => content.Wanted.Paths.Select(path => (path, content.Bytes))).DistinctBy(one => one.path).ToDictionary(one => one.path, one => one.Bytes);
        var kept = from.Contents(ofPackages: true).Select(content => content with
        {
            Bytes = content.Same is { } same && bytes.TryGetValue(same, out var current) ? current
                : content.Wanted.Paths.Select(path => fresh.GetValueOrDefault(path)).FirstOrDefault(found => found is not null) ?? content.Bytes,
        });
        return Make(store, profile, own, [.. kept]);
    }

    // Where two have the same path, the device's own library and then the newest addition are right.
    private static Sysroot Make(SysrootStore store, DeviceProfile profile, IReadOnlyList<SysrootContent> own, IReadOnlyList<SysrootContent> added)
    {
        var seen = own.SelectMany(content => content.Wanted.Paths).ToHashSet();
        var more = added.Select(content => content with { Wanted = content.Wanted with { Paths = [.. content.Wanted.Paths.Where(seen.Add)] } })
            .Where(content => content.Wanted.Paths.Count > 0).ToList();
        return store.Add(new SysrootDraft(profile, [.. own, .. more]));
    }
}
