using System.CommandLine;

namespace Ferry.Commands;

/// <summary><c>ferry sysroot add</c>: headers, libraries and .pc files of C libraries, for what is linked for a device. The device itself stays as it is.</summary>
internal static class SysrootAddCommand
{
    private static readonly Argument<string> Device = new("device") { Description = "The name that the device was added under, or emulator" };

    private static readonly Argument<string[]> Packages = new("package")
    {
        Description = "A package of the device's distribution (libssl-dev), or a .deb file (./libssl-dev.deb)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> FromFolder = new("--from-dir") { Description = "Take the files of a folder that is laid out as the device's root", HelpName = "folder" };

    public static Command Define()
    {
        var verb = new Verb(
            "add",
            "Add the headers and libraries of packages to what is linked for a device.",
            "ferry sysroot add pi4 libssl-dev libgpiod-dev",
            "ferry sysroot add pi4 ./libfoo-dev_1.0_arm64.deb",
            "ferry sysroot add zero --from-dir ./staging")
        {
            Device,
            Packages,
            FromFolder,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var asked = parsed.GetValue(Packages) ?? [];
        var folder = parsed.GetValue(FromFolder);
        if (asked.Length == 0 && folder is null)
        {
            throw new FerryException("no package is named", help: $"ferry sysroot add {parsed.GetRequiredValue(Device)} libssl-dev", exit: ExitCode.WrongUsage);
        }

        new SysrootAdding(parsed.GetRequiredValue(Device)).Run(asked, folder);
        return ExitCode.Done;
    }
}
