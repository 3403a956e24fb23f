using System.CommandLine;
using System.Text.Json;
using Ferry.Devices;
using Ferry.Remote;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry device list</c>: one line a device.</summary>
internal static class DeviceListCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print all that is known, as JSON" };

    public static Command Define()
    {
        var verb = new Verb("list", "List the devices that were added.", "ferry device list", "ferry device list --json") { Json };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var devices = DeviceBook.All(broken => Status.Warn($"{broken.Message}; {broken.Help}")).ToList();
        if (parsed.GetValue(Json))
        {
            Page.Results.WriteLine(JsonSerializer.Serialize(devices, DeviceJson.Default.IReadOnlyListDeviceRecord));
        }
        else if (devices.Count == 0)
        {
            Status.Note("no device was added yet; add one: ferry device add NAME [USER@]HOST, or use the built-in one: --on emulator");
        }
        else
        {
            var usual = UserSettings.Load().DefaultDevice;
            Tables.Print(["NAME", "ADDRESS", "TARGET", "MODEL"], devices.Select(d => new[] { d.Name + (d.Name == usual ? " *" : ""), d.Address.Length > 0 ? d.Address : ImportedDevice.Address, d.Target.Triple ?? "none", d.Profile.Model ?? d.Profile.Os.Pretty ?? "" }));
        }

        return ExitCode.Done;
    }
}
