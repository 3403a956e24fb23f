using System.CommandLine;
using System.Text;
using Ferry.Remote.Emulator;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry device show</c>: what Ferry knows of a device.</summary>
internal static class DeviceShowCommand
{
    private static readonly Argument<string> Name = DeviceCommands.KnownName();
    private static readonly Option<bool> Json = new("--json") { Description = "Print the profile as JSON" };

    public static Command Define()
    {
        var verb = new Verb("show", "Show what is known of a device, and which target was chosen for it and why.", "ferry device show pi4", "ferry device show pi4 --json") { Name, Json };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(Name);
        var device = EmulatorDevice.IsName(name) ? DeviceChoice.Emulator(name) : KnownDevice.Find(name);
        Page.Results.Write(parsed.GetValue(Json) ? Encoding.UTF8.GetString(device.ToJson()) : DevicePage.Of(device));
        return ExitCode.Done;
    }
}
