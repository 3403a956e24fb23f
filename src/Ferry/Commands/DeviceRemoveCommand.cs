using System.CommandLine;
using Ferry.Remote;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry device remove</c>: forgets a device. What lies on the device itself stays.</summary>
internal static class DeviceRemoveCommand
{
    private static readonly Argument<string> Name = DeviceCommands.KnownName();

    public static Command Define()
    {
        var verb = new Verb("remove", "Forget a device. Nothing is changed on the device itself.", "ferry device remove pi4") { Name };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(Name);
        var device = DeviceBook.Readable(name);
        if (device is null && !DeviceBook.Names().Contains(name))
        {
            throw KnownDevice.Unknown(name);
        }

        DeviceBook.Remove(name);
        Status.Say("Removed", $"device '{name}'{(device is null ? "" : $" ({(device.Address.Length > 0 ? device.Address : ImportedDevice.Address)})")}");
        if (device?.Profile.Folder is { } folder)
        {
            Status.Note($"what Ferry kept on the device is still in {folder.Path}");
        }

        var settings = UserSettings.Load();
        if (settings.DefaultDevice == name)
        {
            (settings with { DefaultDevice = null }).Save();
            Status.Note("it was the default device; set another: ferry device add NAME [USER@]HOST --default");
        }

        return ExitCode.Done;
    }
}
