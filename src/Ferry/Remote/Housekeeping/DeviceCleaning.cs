using Ferry.Devices;
using Ferry.Remote.Ssh;

namespace Ferry.Remote.Housekeeping;

/// <summary>Has a device's agent remove what nobody has used for a while.</summary>
internal static class DeviceCleaning
{
    /// <param name="device">Where.</param>
    /// <param name="unused">For how long nobody may have used it; zero for all that nobody uses now.</param>
    /// <param name="dryRun">Whether it is only to be said what would go.</param>
    /// <param name="say">Hears what takes a while: a verb and a text.</param>
    /// <exception cref="FerryException">Exit 3 when the device cannot be reached.</exception>
    public static DeviceShelf Run(DeviceSummary device, TimeSpan unused, bool dryRun, Action<string, string> say)
    {
        ImportedDevice.ThrowIfIs(device.Name, device.Address);
        var master = SshMaster.Connect(SshAddress.Parse(device.Address));
        using var agent = AgentConnection.Open(master, AgentDelivery.To(device), say);
        return agent.Session.Clean(unused, dryRun);
    }
}
