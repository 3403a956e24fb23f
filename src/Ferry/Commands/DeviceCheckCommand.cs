using System.CommandLine;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry device check</c>: is the device there, is it still what it was, and could a program be run on it?</summary>
internal static class DeviceCheckCommand
{
    private static readonly Argument<string> Name = DeviceCommands.KnownName();

    public static Command Define()
    {
        var verb = new Verb("check", "Reach a device and see whether it is still as it was when it was added.", "ferry device check pi4") { Name };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var known = KnownDevice.Find(parsed.GetRequiredValue(Name));
        var now = DeviceAdding.Ask(known.Name, known.Address);
        var changes = DeviceChanges.Between(known, now).ToList();
        foreach (var change in changes)
        {
            Status.Warn(change);
        }

        if (changes.Count > 0)
        {
            Status.Note($"to take the changes over: ferry device add {known.Name} {known.Address}");
            return ExitCode.Failed;
        }

        Status.Say("Checked", $"'{known.Name}' answers, is as it was, and runs {known.Target.Triple} programs from {known.Profile.Folder?.Path}");
        return ExitCode.Done;
    }
}
