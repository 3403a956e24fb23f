using System.CommandLine;
using System.Text.Json;
using Ferry.Devices;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry sysroot import</c>: knows a device by a file of <c>ferry sysroot export</c>: it can be built for, and checked against.</summary>
internal static class SysrootImportCommand
{
    private static readonly Argument<string> Source = new("file") { Description = "What ferry sysroot export wrote" };
    private static readonly Option<string> As = new("--as") { Description = "How you want to call the device (default: as it was called there)", HelpName = "name" };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Take the place of a device of that name" };

    public static Command Define()
    {
        var verb = new Verb(
            "import",
            "Know a device by such a file: build for it and check against it, without it.",
            "ferry sysroot import pi4.ferry",
            "ferry sysroot import ci/pi4.ferry --as pi4-of-ci")
        {
            Source,
            As,
            Replace,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(Source);
        var (device, libraries) = Read(path);
        var name = DeviceName.Checked(parsed.GetValue(As) ?? device.Name);
        if (!parsed.GetValue(Replace))
        {
            ThrowIfKnown(name, path);
        }

        var sysroot = SysrootStore.InCache.Add(libraries);
        DeviceBook.Save(device with { Name = name, Address = "", SysrootId = sysroot.Id });
        Status.Say("Imported", $"device '{name}': {device.Target.Triple}, glibc {device.Profile.Libc.Version}");
        Status.Note($"build for it, in a cargo project: ferry build --on {name}");
        return ExitCode.Done;
    }

    private static (DeviceRecord Device, SysrootDraft Libraries) Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return SysrootExportReader.Read(file);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException)
        {
            throw new FerryException($"'{path}' is no export that can be imported", Printable.Clean(e.Message), "make it anew where the device is: ferry sysroot export FILE");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot read '{path}'", e.Message);
        }
    }

    private static void ThrowIfKnown(string name, string path)
    {
        if (DeviceBook.Names().Contains(name))
        {
            var there = DeviceBook.Readable(name);
            throw new FerryException(
                $"there is a device '{name}' already",
                there is null ? "its file cannot be read" : there.Address.Length > 0 ? $"its address is {there.Address}" : "it was imported, too",
                $"import it under another name: ferry sysroot import {path} --as {name}-imported, or let it take the place: --replace",
                ExitCode.WrongUsage);
        }
    }
}
