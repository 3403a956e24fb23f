using Ferry.Devices;
using Ferry.Remote.Agent;
using Ferry.Remote.Ssh;

namespace Ferry.Remote;

/// <summary>
/// A channel with the agent at its end. In the usual case that is one round trip: the agent is started by name, without asking whether it is there.
/// When it does not greet, it is brought, and started again.
/// </summary>
internal sealed class AgentConnection : IDisposable
{
    private readonly SshChannel channel;

    private AgentConnection(SshChannel channel)
    {
        this.channel = channel;
        Session = new AgentSession(channel.Input, channel.Output, cut: channel.Dispose);
    }

    public AgentSession Session { get; }

    /// <param name="master">The way to the device.</param>
    /// <param name="device">The device.</param>
    /// <param name="request">What is going to be run: asked for ahead of the greeting, which saves a round trip.</param>
    /// <param name="streams">Where the program's streams end here.</param>
    /// <param name="say">Hears what takes a while.</param>
    public static AgentConnection Open(SshMaster master, DeviceSummary device, RunRequest request, LocalStreams streams, Action<string, string> say) =>
        Open(master, device, session => session.RunAhead(request, streams), say);

    /// <summary>The same when nothing is to be run.</summary>
    public static AgentConnection Open(SshMaster master, DeviceSummary device, Action<string, string> say) => Open(master, device, ahead: null, say);

    public void Dispose()
    {
        Session.Dispose();
        channel.Dispose();
    }

    private static AgentConnection Open(SshMaster master, DeviceSummary device, Action<AgentSession>? ahead, Action<string, string> say)
    {
        var delivery = AgentDelivery.To(device);
        if (delivery.IsBuilt && TryOpen(master, delivery, ahead, out _) is { } there)
        {
            return there;
        }

        delivery.Build(say);
        if (TryOpen(master, delivery, null, out _) is { } afterBuild)
        {
            return afterBuild;
        }

        delivery.Send(master, say);
        return TryOpen(master, delivery, null, out var words)
            ?? throw new FerryException($"Ferry's agent does not start on device '{device.Name}'", words.Length > 0 ? words : "it said nothing", $"look at the device again: ferry device check {device.Name}", ExitCode.DeviceUnreachable);
    }

    /// <summary>Null when no agent answers, with what was said instead. Throws when it is ssh that failed.</summary>
    private static AgentConnection? TryOpen(SshMaster master, AgentDelivery delivery, Action<AgentSession>? ahead, out string words)
    {
        words = "";
        var connection = new AgentConnection(master.Open(delivery.StartCommand));
        ahead?.Invoke(connection.Session);
        if (connection.Session.Greet())
        {
            return connection;
        }

        using (connection)
        {
            const int SshFailed = 255;
            if (connection.channel.Wait() == SshFailed)
            {
                throw connection.channel.Failure(connection.Session.Chatter);
            }

            words = $"{connection.Session.Chatter}\n{connection.channel.Words}".Trim();
            return null;
        }
    }
}
