using Ferry.Devices;
using Ferry.Remote;
using Ferry.Remote.Probing;
using Ferry.Remote.Ssh;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>Asks a device what it is, brings its libraries here, and keeps both. The record is written last: it is whole or not there.</summary>
internal static class DeviceAdding
{
    public static DeviceRecord Add(string name, string address)
    {
        var master = Connect(name, address);
        var device = Ask(master, name, address);
        if (device.Target.Triple is null)
        {
            throw NoTarget(device.Target);
        }

        StoreFolderCheck.Require(device.Profile, name);
        device = SysrootRefresh.WithPackages(master, device with { SysrootId = Libraries(master, device)?.Id }, DeviceBook.Readable(name));
        DeviceBook.Save(device);
        return device;
    }

    /// <summary>Asks only; keeps nothing.</summary>
    public static DeviceRecord Ask(string name, string address) => Ask(Connect(name, address), name, address);

    /// <summary>Brings a device's libraries here (again, when the cache was emptied).</summary>
    public static Sysroot? FetchLibraries(DeviceRecord device)
    {
        var master = Connect(device.Name, device.Address);
        var own = Libraries(master, device);
        if (own is null || device.Packages.Count == 0)
        {
            return own;
        }

        var whole = SysrootRefresh.WithPackages(master, device with { SysrootId = own.Id, Packages = [] }, device);
        DeviceBook.Save(whole);
        return SysrootStore.InCache.Find(whole.SysrootId!);
    }

    public static SshMaster Connect(string name, string address)
    {
        ImportedDevice.ThrowIfIs(name, address);
        var parsed = SshAddress.Parse(address);
        Status.Say("Connecting", $"to {parsed}{(name == address ? "" : $" as '{name}'")}");
        return SshMaster.Connect(parsed, words => Status.Detail("ssh", words));
    }

    private static DeviceRecord Ask(SshMaster master, string name, string address)
    {
        Status.Say("Asking", "it what it is");
        var profile = Probe.Run(script => new MemoryStream(RemoteScript.Run(master, script).Output), name);
        return new DeviceRecord { Name = name, Address = address, Profile = profile, Target = TargetChoice.For(profile), ProbedAt = DateTimeOffset.UtcNow };
    }

    public static Sysroot? Libraries(SshMaster master, DeviceRecord device)
    {
        using var line = new TransferLine("Fetching", "its libraries");
        long fetched = 0;
        var sysroot = SysrootFetch.Run(
            script => RemoteScriptOutput.Of(master, script),
            device.Profile,
            device.Name,
            SysrootStore.InCache,
            (done, total) => line.Report(fetched = done, total));
        line.Dispose();
        Status.Say("Fetched", sysroot is null ? "nothing: programs for it are static"
            : fetched > 0 ? $"the libraries that linking needs ({Sizes.Text(fetched)})"
            : "nothing: its libraries are already here");
        return sysroot;
    }

    private static FerryException NoTarget(TargetChoice choice) =>
        new(choice.Error?.Message ?? choice.Reason, choice.Error?.Cause, choice.Error?.Help);
}
