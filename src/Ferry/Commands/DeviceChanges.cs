using Ferry.Devices;

namespace Ferry.Commands;

/// <summary>What of a device has changed in a way that matters for programs that are built for it.</summary>
internal static class DeviceChanges
{
    private static readonly (string What, Func<DeviceRecord, string?> Of)[] Watched =
    [
        ("the target", d => d.Target.Triple),
        ("the kernel's architecture", d => d.Profile.Kernel.Machine),
        ("the libc", d => $"{d.Profile.Libc.Kind} {d.Profile.Libc.Version}"),
        ("the loader", d => d.Profile.Libc.Interpreter),
        ("the folder for programs", d => d.Profile.Folder?.Path),
        ("the page size", d => d.Profile.Aux.PageSize?.ToString()),
    ];

    public static IEnumerable<string> Between(DeviceRecord before, DeviceRecord now) =>
        from watched in Watched
        let old = watched.Of(before)
        let current = watched.Of(now)
        where old != current
        select $"{watched.What} of '{before.Name}' was {old ?? "unknown"} and is now {current ?? "unknown"}";
}
