using System.CommandLine;
using Ferry.Devices;
using Ferry.Remote.Emulator;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry sysroot show</c>: what is kept of a device's libraries, where, and what was added.</summary>
internal static class SysrootShowCommand
{
    private static readonly Argument<string?> Device = new("device") { Description = "A device; all of them when none is named", Arity = ArgumentArity.ZeroOrOne };

    public static Command Define()
    {
        var verb = new Verb("show", "Show the libraries that are kept of a device, where they are, and what was added to them.", "ferry sysroot show", "ferry sysroot show pi4") { Device };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var devices = parsed.GetValue(Device) is { } name ? [Named(name)] : DeviceBook.All(broken => Status.Warn(broken.Message)).ToArray();
        if (devices.Length == 0)
        {
            Status.Note("no device was added yet; add one: ferry device add NAME [USER@]HOST");
        }

        Page.Results.Write(string.Join('\n', devices.Select(Text)));
        return ExitCode.Done;
    }

    private static DeviceRecord Named(string name) => EmulatorDevice.IsName(name) ? DeviceChoice.Emulator(name) : KnownDevice.Find(name);

    private static string Text(DeviceRecord device)
    {
        var sysroot = device.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null;
        (string Label, string Text)[] rows =
        [
            ("device", device.Name),
            ("sysroot", device.SysrootId ?? "none: programs for it are static"),
            ("folder", device.SysrootId is null ? "" : sysroot?.Folder ?? "not here any more; the next build fetches it again"),
            ("size", sysroot is null ? "" : $"{Sizes.Text(sysroot.Description.Files.Sum(file => file.Size))} in {sysroot.Description.Files.Count} files"),
            ("libraries", sysroot is null ? "" : string.Join(' ', sysroot.Description.LibraryFolders)),
            .. device.Packages.OrderByDescending(package => package.Asked).Select((package, index) => (index == 0 ? "packages" : "", Line(package))),
        ];
        return string.Concat(rows.Where(row => row.Text.Length > 0).Select(row => $"{row.Label,10}  {Printable.Clean(row.Text)}\n"));
    }

    private static string Line(SysrootPackage package) =>
        $"{package.Name}{(package.Version is null ? "" : $" {package.Version}")}, {(package.From == SysrootAdding.FromDevice ? "from the device" : $"from {package.From}")}{(package.Asked ? "" : ", needed by another")}";
}
