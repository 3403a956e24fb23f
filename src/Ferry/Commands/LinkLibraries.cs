using Ferry.Devices;
using Ferry.Remote.Emulator;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>
/// Whose libraries a program is linked against: among the devices of its target the ones with the oldest glibc. What was linked against them
/// runs on all of these devices, and switching between them rebuilds nothing, since the link stays the same.
/// </summary>
internal static class LinkLibraries
{
    /// <summary>The device whose libraries are taken; null when the target is static and takes none.</summary>
    public static DeviceRecord? Of(DeviceRecord device, string target) =>
        Targets.IsStatic(target) ? null
        : DeviceBook.All().Append(device)
            .Where(known => known.Target.Triple == target && known.SysrootId is not null)
            .OrderBy(known => Version.TryParse(known.Profile.Libc.Version, out var version) ? version : new Version(int.MaxValue, 0))
            .ThenBy(known => EmulatorDevice.IsName(known.Name))
            .ThenBy(known => known.SysrootId, StringComparer.Ordinal)
            .FirstOrDefault()
        ?? (device.SysrootId is null ? null : device);

    public static LinkFolder Link(RustToolchain rust, DeviceRecord device, string target)
    {
        if (Of(device, target) is not { } from)
        {
            return Targets.IsStatic(target)
                ? CargoLinking.DeviceLink(rust, target, SysrootFacts.None)
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

        var sysroot = SysrootStore.InCache.Find(from.SysrootId!) ?? Again(from) ?? throw new FerryException($"the libraries of device '{from.Name}' are not here any more", help: $"ferry device add {from.Name} {from.Address}");
        return CargoLinking.DeviceLink(rust, target, sysroot.Facts);
    }

    private static bool Fits(Target target, UserlandFacts userland) =>
        target.Machine == userland.Machine && (target.HardFloat is null || userland.HardFloat is null || target.HardFloat == userland.HardFloat);

    /// <summary>The cache was emptied, or cut short: what was there can be had again.</summary>
    private static Sysroot? Again(DeviceRecord device) =>
        EmulatorDevice.IsName(device.Name) ? EmulatorDevice.Open(device.Name).Sysroot : DeviceAdding.FetchLibraries(device);
}
