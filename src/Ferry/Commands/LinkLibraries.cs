using Ferry.Devices;
using Ferry.Remote.Emulator;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Toolchain;
using Ferry.Toolchain.Compilers;

namespace Ferry.Commands;

/// <summary>
/// Whose libraries a program is linked against: among the devices of its target the ones with the oldest glibc. What was linked against them
/// runs on all of these devices, and switching between them rebuilds nothing, since the link stays the same. With a ceiling it is the oldest
/// that has all that the ceiling allows; where none is so new, the newest.
/// </summary>
internal static class LinkLibraries
{
    /// <summary>The device whose libraries are taken; null when the target is static and takes none.</summary>
    public static DeviceRecord? Of(DeviceRecord device, string target, Version? ceiling = null) =>
        Targets.IsStatic(target) ? null
        // Packages were added to this device's libraries, and to no other's.
        : device.Packages.Count > 0 && device.SysrootId is not null && device.Target.Triple == target ? device
        : DeviceBook.All().Append(device)
            .Where(known => known.Target.Triple == target && known.SysrootId is not null)
            .OrderBy(known => Glibc(known) < ceiling)
            .ThenBy(known => Glibc(known) < ceiling ? -Distance(known) : Distance(known))
            .ThenBy(known => EmulatorDevice.IsName(known.Name))
            .ThenBy(known => known.SysrootId, StringComparer.Ordinal)
            .FirstOrDefault()
        ?? (device.SysrootId is null ? null : device);

    private static Version Glibc(DeviceRecord device) =>
        Version.TryParse(device.Profile.Libc.Version, out var version) ? version : new Version(int.MaxValue, 0);

    private static long Distance(DeviceRecord device) => ((long)Glibc(device).Major << 32) + Glibc(device).Minor;

    public static LinkFolder Link(RustToolchain rust, DeviceRecord device, string target, Version? glibc = null)
    {
        if (Of(device, target, glibc) is not { } from)
        {
            return Targets.IsStatic(target)
                ? CargoLinking.DeviceLink(rust, target, Musl(device, target))
                : throw new FerryException($"device '{device.Name}' has no libraries to link a program for {target} against", help: Targets.StaticTwin(target) is { } twin ? $"link it statically, with --static or --target {twin}" : "name a static target: --target with musl");
        }

        if (Targets.Find(target) is not { } known || !Fits(known, from.Profile.Userland))
        {
            throw new FerryException(
                $"a program for {target} cannot be linked against the libraries of device '{from.Name}'",
                $"they are of a {TargetReason.Describe(from.Profile)}",
                "leave --target out, or name a device of that target with --on",
                ExitCode.WrongUsage);
        }

        return CargoLinking.DeviceLink(rust, target, SysrootOf(from).Facts with { Device = from.Name }, glibc: glibc);
    }

    /// <summary>Where the link folder is or will be; null when the device's libraries are not here.</summary>
    public static string? Place(DeviceRecord device, string target, Version? glibc) =>
        (Of(device, target, glibc) is { SysrootId: { } id } ? SysrootStore.InCache.Find(id)?.Facts
            : Targets.IsStatic(target) ? Musl(device, target) : null) is { } facts
        ? LinkFolder.Place(target, facts, glibc)
        : null;

    private static bool Fits(Target target, UserlandFacts userland) =>
        target.Machine == userland.Machine && (target.HardFloat is null || userland.HardFloat is null || target.HardFloat == userland.HardFloat);

    /// <summary>A static program needs none of the device's libraries; C code in it needs musl's headers, which the device's sysroot may have. Then it is a link of its own.</summary>
    private static SysrootFacts Musl(DeviceRecord device, string target)
    {
        var none = SysrootFacts.None with { Device = device.Name };
        return device.SysrootId is { } id && SysrootStore.InCache.Find(id) is { } sysroot && Directory.Exists(Path.Combine(sysroot.Folder, "usr", "include", CTarget.Of(target).Folder))
            ? none with { Id = $"{none.Id} {id}", Headers = sysroot.Folder }
            : none;
    }

    /// <summary>A device's own libraries. Throws <see cref="FerryException"/> when it has none, or they cannot be had any more.</summary>
    public static Sysroot SysrootOf(DeviceRecord device) =>
        device.SysrootId is not { } id ? throw new FerryException($"device '{device.Name}' has no libraries to link against: programs for it are static")
        : SysrootStore.InCache.Find(id) ?? Again(device) ?? throw new FerryException(
            $"the libraries of device '{device.Name}' are not here any more",
            help: device.Address.Length > 0 ? $"ferry device add {device.Name} {device.Address}" : $"import it again: ferry sysroot import FILE --as {device.Name} --replace");

    /// <summary>The cache was emptied, or cut short: what was there can be had again.</summary>
    private static Sysroot? Again(DeviceRecord device) =>
        EmulatorDevice.IsName(device.Name) ? EmulatorDevice.Open(device.Name).Sysroot
        : device.Address.Length == 0 ? null
        : DeviceAdding.FetchLibraries(device);
}
