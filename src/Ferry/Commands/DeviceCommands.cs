using System.CommandLine;

namespace Ferry.Commands;

/// <summary><c>ferry device</c>: the devices that Ferry knows.</summary>
internal static class DeviceCommands
{
    public static Command Define() => new Verb(
        "device",
        "Add, list, show, check and remove devices, and install gdbserver on them.",
        "ferry device add pi4 pi@192.168.1.40",
        "ferry device list",
        "ferry device check pi4")
    {
        DeviceAddCommand.Define(),
        DeviceListCommand.Define(),
        DeviceShowCommand.Define(),
        DeviceCheckCommand.Define(),
        DeviceInstallCommand.Define(),
        DeviceRemoveCommand.Define(),
    };

    /// <summary>The argument that names a device which was added before.</summary>
    public static Argument<string> KnownName() => new("name") { Description = "The name that the device was added under" };
}
