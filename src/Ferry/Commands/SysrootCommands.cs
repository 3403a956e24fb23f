using System.CommandLine;

namespace Ferry.Commands;

/// <summary><c>ferry sysroot</c>: the libraries of devices, as they are kept on this PC.</summary>
internal static class SysrootCommands
{
    public static Command Define() => new Verb(
        "sysroot",
        "Take a device's libraries along as a file, so that others build without the device.",
        "ferry sysroot export pi4.ferry --on pi4",
        "ferry sysroot import pi4.ferry")
    {
        SysrootExportCommand.Define(),
        SysrootImportCommand.Define(),
    };
}
