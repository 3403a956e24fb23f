using System.CommandLine;
using System.Runtime.Versioning;
using Ferry.Remote;
using Ferry.Remote.Ssh;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry connections close</c>: ends what is kept open and not in use.</summary>
internal static class ConnectionCloseCommand
{
    private static readonly Argument<string?> Device = new("device") { Description = "A device or an address; all of them when none is named", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Force = new("--force") { Description = "Close what is in use, too: the programs that run through it end" };

    public static Command Define()
    {
        var verb = new Verb("close", "Close the connection to a device, or all of them.", "ferry connections close", "ferry connections close pi4") { Device, Force };
        verb.SetAction(parsed => OperatingSystem.IsWindows() ? ConnectionCommands.NoneOnWindows() : Run(parsed.GetValue(Device), parsed.GetValue(Force)));
        return verb;
    }

    [UnsupportedOSPlatform("windows")]
    private static int Run(string? name, bool force)
    {
        var only = name is null ? null : AddressOf(name);
        var meant = KeptConnection.All().Where(connection => only is null || connection.Address == only).ToList();
        if (meant.Count == 0)
        {
            Status.Note(name is null ? "no connection is kept open" : $"no connection to '{name}' is kept open");
        }

        // One that stays is no reason not to close the others.
        var results = meant.ConvertAll(connection => IsDone(connection, force));
        return results.TrueForAll(done => done) ? ExitCode.Done : ExitCode.Failed;
    }

    private static SshAddress AddressOf(string name)
    {
        var address = DeviceBook.Find(name)?.Address ?? name;
        ImportedDevice.ThrowIfIs(name, address);
        return SshAddress.Parse(address);
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsDone(KeptConnection connection, bool force)
    {
        var name = ConnectionCommands.NameOf(connection.Address);
        if (!connection.IsOwn)
        {
            Status.Note($"the connection to '{name}' is one of your own ssh configuration, and stays: ssh -O exit {connection.Address.Destination}");
            return true;
        }

        if (!force && connection.ChannelsInUse is > 0 and var inUse)
        {
            Status.Warn($"the connection to '{name}' is in use ({inUse} {(inUse == 1 ? "channel" : "channels")}), and stays; to end what goes through it: ferry connections close {name} --force");
            return false;
        }

        if (!connection.Close())
        {
            Status.Error($"the connection to '{name}' does not end");
            return false;
        }

        Status.Say("Closed", $"the connection to '{name}'{(connection.IsAlive ? "" : ", which was broken")}");
        return true;
    }
}
