using System.Diagnostics;
using System.Runtime.Versioning;
using Ferry.Processes;

namespace Ferry.Remote.Ssh;

/// <summary>A master connection as it stands: whose it is, since when, what goes through it. Found by the files that <see cref="ControlPlace"/> keeps.</summary>
/// <param name="Address">Where it leads.</param>
/// <param name="Place">Its socket and the files beside it.</param>
/// <param name="Since">When its socket was made, local time.</param>
/// <param name="IsAlive">Whether somebody listens there; otherwise a crash has left the socket.</param>
[UnsupportedOSPlatform("windows")]
internal sealed record KeptConnection(SshAddress Address, ControlPlace Place, DateTime Since, bool IsAlive)
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Ferry's own, or one of the user's own multiplexing, which is theirs to close.</summary>
    public bool IsOwn => Place.OwnSocket is not null;

    /// <summary>How many of the <see cref="ControlSlots.Count"/> channels are open, by all Ferrys.</summary>
    public int ChannelsInUse => ControlSlots.InUse(Place.Prefix);

    /// <summary>Whether an agent on the device stands by for the next run; it ends with the connection.</summary>
    public bool HasAgentReady =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Place.Prefix)!, $"{Path.GetFileName(Place.Prefix)}-*{ControlPlace.AgentEnding}").Any(UnixSocket.HasListener);

    /// <summary>Those that are open, and those of Ferry's own that were left by a crash.</summary>
    public static IReadOnlyList<KeptConnection> All() =>
        [.. ControlPlace.Known().Select(known => Of(known.Address, known.Place)).OfType<KeptConnection>().OrderBy(connection => connection.Since)];

    private static KeptConnection? Of(SshAddress address, ControlPlace place)
    {
        var isAlive = place.IsAlive();
        return isAlive || File.Exists(place.OwnSocket) ? new(address, place, File.GetLastWriteTime(place.Socket!), isAlive) : null;
    }

    /// <summary>How long the device takes to answer, by a channel of its own; null when it does not. That the master lives says nothing of the device.</summary>
    public TimeSpan? Ask(TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        using var channel = new SshChannel(Address, slot: null, masterLog: null, () => SessionProcess.Start(
            SshOptions.Program, SshOptions.Channel(Address, Place.OwnSocket, multiplexed: true, "true"), ChildStream.Null, ChildStream.Pipe, ChildStream.Pipe));
        return channel.Wait(limit) && channel.Wait() == 0 ? clock.Elapsed : null;
    }

    /// <summary>Ends Ferry's own master, and whatever still goes through it. False when it does not end.</summary>
    public bool Close()
    {
        if (IsAlive)
        {
            Tool.Run(SshOptions.Program, ["-S", Place.OwnSocket!, "-O", "exit", .. SshOptions.Destination(Address)]);
            for (var clock = Stopwatch.StartNew(); Place.IsAlive(); Thread.Sleep(EndPause))
            {
                if (clock.Elapsed > EndLimit)
                {
                    return false;
                }
            }
        }

        Place.Clear();
        return true;
    }
}
