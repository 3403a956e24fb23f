using System.CommandLine;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry sysroot export</c>: a device, and what a link needs of its libraries, as one small file to check in.</summary>
internal static class SysrootExportCommand
{
    private static readonly Argument<string> Target = new("file") { Description = "Where to write it" };
    private static readonly Option<string> On = new("--on") { Description = "The device (default: the one that ferry run takes)", HelpName = "device" };

    public static Command Define()
    {
        var verb = new Verb(
            "export",
            "Write a device's libraries, as far as links need them, and what it is to a file.",
            "ferry sysroot export pi4.ferry",
            "ferry sysroot export ci/pi4.ferry --on pi4")
        {
            Target,
            On,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var file = parsed.GetRequiredValue(Target);
        var device = DeviceChoice.For(parsed.GetValue(On), new ProjectSettings()).Value;
        var bytes = SysrootExportWriter.Write(device, LinkLibraries.SysrootOf(device));
        AtomicFile.Write(Path.GetFullPath(file), bytes);
        Status.Say("Exported", $"device '{device.Name}' ({device.Target.Triple}, glibc {device.Profile.Libc.Version}) to {file}, {Sizes.Text(bytes.Length)}");
        Status.Note($"elsewhere: ferry sysroot import {Path.GetFileName(file)}, then ferry build --on {device.Name}");
        return ExitCode.Done;
    }
}
