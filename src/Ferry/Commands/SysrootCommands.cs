using System.CommandLine;

namespace Ferry.Commands;

/// <summary><c>ferry sysroot</c>: the devices' libraries as they are kept on this PC, and what is added to them.</summary>
internal static class SysrootCommands
{
    public static Command Define() => new Verb(
        "sysroot",
        "Add headers and libraries to what is kept here of a device, and show it.",
        "ferry sysroot add pi4 libssl-dev",
        "ferry sysroot show pi4")
    {
        SysrootAddCommand.Define(),
        SysrootShowCommand.Define(),
    };
}
