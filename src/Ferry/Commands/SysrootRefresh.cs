using Ferry.Devices;
using Ferry.Packages;
using Ferry.Remote.Ssh;
using Ferry.Remote.Sysroots;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>A device that is asked anew keeps what was added to its sysroot; libraries that it has itself by now are taken from it.</summary>
internal static class SysrootRefresh
{
    public static DeviceRecord WithPackages(SshMaster master, DeviceRecord now, DeviceRecord? before)
    {
        if (before is not { Packages.Count: > 0 } || now.SysrootId is null || SysrootStore.InCache.Find(now.SysrootId) is not { } own)
        {
            return now;
        }

        var old = before.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null;
        if (old is null || now.Target.Triple != before.Target.Triple)
        {
            Status.Say("Adding", "its packages again");
            return new SysrootAdding(now, master).Again(before.Packages);
        }

        var names = now.Profile.LibraryFolders.SelectMany(folder => folder.Names).ToHashSet();
        var paths = old.Description.Files.Where(file => file.Package is not null && file.Same is null)
            .SelectMany(file => file.Paths.Take(1)).Where(path => SysrootPaths.IsLibrary(path) && path.Contains(".so.", StringComparison.Ordinal) && names.Contains(DevicePath.Name(path))).ToList();
        var fresh = DeviceFiles.Read(script => RemoteScriptOutput.Of(master, script), paths, now.Profile, now.Name);
        var sysroot = SysrootAdditions.Carry(SysrootStore.InCache, now.Profile, old, own, fresh);
        Status.Say("Kept", $"in its sysroot: {string.Join(", ", before.Packages.Where(package => package.Asked).Select(package => package.Name))}");
        return now with { SysrootId = sysroot.Id, Packages = before.Packages };
    }
}
