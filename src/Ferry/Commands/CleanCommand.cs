using System.CommandLine;
using Ferry.Devices;
using Ferry.Remote.Emulator;
using Ferry.Remote.Housekeeping;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry clean</c>: removes what is not needed any more, on a device and here, and says what is kept.</summary>
internal static class CleanCommand
{
    private const int UsualDays = 7;

    private static readonly Option<string> On = new("--on") { Description = "The device (default: the one that ferry run takes)", HelpName = "device" };
    private static readonly Option<int> Days = new("--days") { Description = $"What was not used for so many days goes (default: {UsualDays})", HelpName = "n", DefaultValueFactory = _ => UsualDays };
    private static readonly Option<bool> All = new("--all") { Description = "All goes that nothing uses now, however young" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would go, and remove nothing" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the same as JSON, with every single thing" };

    public static Command Define()
    {
        var verb = new Verb("clean", "Remove what is not needed any more, on a device and on this PC.", "ferry clean", "ferry clean --on pi4 --dry-run", "ferry clean --all")
        {
            On, Days, All, DryRun, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var days = parsed.GetValue(Days);
        if (days is < 0 or > 36_500)
        {
            throw new FerryException($"--days cannot be {days}", help: "all that nothing uses now goes with: ferry clean --all", exit: ExitCode.WrongUsage);
        }

        var unused = parsed.GetValue(All) ? TimeSpan.Zero : TimeSpan.FromDays(days);
        var dryRun = parsed.GetValue(DryRun);
        var device = Device(parsed.GetValue(On));
        var here = new CacheCleaning(DateTime.UtcNow, unused, dryRun).Run(CacheInventory.OfThisPc());
        var (there, away) = device is null ? default : Clean(device, unused, dryRun);
        var page = new CleanPage(device?.Name, there, here, dryRun);
        if (parsed.GetValue(Json))
        {
            page.PrintJson();
        }
        else
        {
            page.Print();
        }

        // Said last: the part that worked is not to hide it.
        return away is null ? ExitCode.Done : throw away;
    }

    /// <summary>Null where there is only this PC: an emulator keeps nothing elsewhere.</summary>
    private static DeviceSummary? Device(string? typed)
    {
        if (typed is null && DeviceBook.Names().Count == 0)
        {
            return null;
        }

        var name = NamedDevice.Find(typed, new ProjectSettings());
        return EmulatorDevice.IsName(name.Value) ? null : DeviceBook.Summary(name.Value) ?? throw KnownDevice.Unknown(name.Value, name.Origin == NamedDevice.Typed ? null : name.Origin);
    }

    private static (DeviceShelf? Shelf, FerryException? Away) Clean(DeviceSummary device, TimeSpan unused, bool dryRun)
    {
        try
        {
            return (DeviceCleaning.Run(device, unused, dryRun, Status.Say), null);
        }
        catch (FerryException e) when (e.Exit == ExitCode.DeviceUnreachable)
        {
            return (null, e);
        }
    }
}
