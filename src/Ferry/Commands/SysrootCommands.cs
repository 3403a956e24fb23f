using System.CommandLine;

namespace Ferry.Commands;

/// <summary><c>ferry sysroot</c>: the devices' libraries as they are kept on this PC, what is added to them, and the way to others.</summary>
internal static class SysrootCommands
{
    public static Command Define() => new Verb(
        "sysroot",
        "Show, add to, and pass on the libraries that are kept here of a device.",
        "ferry sysroot add pi4 libssl-dev",
        "ferry sysroot show pi4",
        "ferry sysroot export pi4.ferry --on pi4",
        "ferry sysroot import pi4.ferry")
    {
        SysrootAddCommand.Define(),
        SysrootShowCommand.Define(),
        SysrootExportCommand.Define(),
        SysrootImportCommand.Define(),
    };
}
