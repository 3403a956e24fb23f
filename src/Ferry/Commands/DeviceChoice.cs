using System.Net;
using System.Net.Sockets;
using Ferry.Devices;
using Ferry.Remote.Emulator;
using Ferry.Remote.Ssh;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>The device that is meant, as Ferry knows it. One that is given by its address alone is asked first.</summary>
internal static class DeviceChoice
{
    public static Setting<DeviceRecord> For(string? typed, ProjectSettings project)
    {
        var name = NamedDevice.Find(typed, project);
        return new(Find(name.Value, name.Origin), name.Origin);
    }

    public static DeviceRecord Emulator(string name) => EmulatorDevice.Open(name).Record;

    private static DeviceRecord Find(string name, string origin) =>
        EmulatorDevice.IsName(name) ? Emulator(name) : DeviceBook.Find(name) ?? FromAddress(name, origin);

    /// <summary>An address works without adding: it is asked now, and kept under a name made of it.</summary>
    private static DeviceRecord FromAddress(string address, string origin)
    {
        var kept = DeviceName.FromAddress(address);
        if (DeviceBook.All().FirstOrDefault(d => d.Address == address) is { } known)
        {
            return known;
        }

        if (!LooksLikeHost(address))
        {
            throw KnownDevice.Unknown(address, origin == NamedDevice.Typed ? null : origin);
        }

        if (DeviceBook.Find(kept) is { } other)
        {
            throw new FerryException($"'{address}' would be kept as '{kept}', but that is {other.Address}", help: $"give it a name: ferry device add NAME {address}");
        }

        var device = DeviceAdding.Add(kept, address);
        Status.Note($"kept as device '{kept}'");
        return device;
    }

    /// <summary>A word that is no device may still be a host: by its form, by ssh's own configuration, or because it resolves.</summary>
    private static bool LooksLikeHost(string address) =>
        address.AsSpan().ContainsAny("@.:") || SshAlias.Exists(address) || Resolves(address);

    private static bool Resolves(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host).Length > 0;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return false;
        }
    }
}
