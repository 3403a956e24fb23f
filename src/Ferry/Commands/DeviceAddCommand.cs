using System.CommandLine;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry device add</c>: asks a device what it is and keeps the answer. A second add asks again.</summary>
internal static class DeviceAddCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "How you want to call it" };
    private static readonly Argument<string> Address = new("address") { Description = "[USER@]HOST[:PORT]; HOST may be an alias of ssh's own config" };
    private static readonly Option<bool> Default = new("--default") { Description = "Use it when no device is named" };

    public static Command Define()
    {
        var verb = new Verb(
            "add",
            "Add a device, or ask one again that was added before.",
            "ferry device add pi4 pi@192.168.1.40",
            "ferry device add zero pi@raspberrypi.local:2222 --default",
            "ferry device add bench an-alias-of-ssh-config")
        {
            Name,
            Address,
            Default,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var name = DeviceName.Checked(parsed.GetRequiredValue(Name));
        var isFirst = DeviceBook.Names().Count == 0;
        var settings = UserSettings.Load();
        var device = DeviceAdding.Add(name, parsed.GetRequiredValue(Address));
        var isDefault = parsed.GetValue(Default) || settings.DefaultDevice == name || (isFirst && settings.DefaultDevice is null);
        if (isDefault && settings.DefaultDevice != name)
        {
            (settings with { DefaultDevice = name }).Save();
        }

        Status.Say("Added", $"device '{name}'{(isDefault ? ", the default" : "")}: {device.Target.Triple}");
        Status.Say("because", device.Target.Reason);
        Status.Note($"run a program on it, in a cargo project: ferry run --release{(isDefault ? "" : $" --on {name}")}");
        return ExitCode.Done;
    }
}
