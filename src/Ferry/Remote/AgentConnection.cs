using Ferry.Remote.Agent;
using Ferry.Remote.Ssh;
using Ferry.Remote.Standby;

namespace Ferry.Remote;

/// <summary>
/// A channel with the agent at its end. In the usual case that is one round trip: the agent is started by name, without asking whether it is there.
/// When it does not greet, it is brought, and started again.
/// </summary>
internal sealed class AgentConnection : IDisposable
{
    private readonly IDisposable carrier;

    private AgentConnection(IDisposable carrier, Stream input, Stream output)
    {
        this.carrier = carrier;
        Session = new AgentSession(input, output, cut: carrier.Dispose);
    }

    public AgentSession Session { get; }

    /// <param name="master">The way to the device.</param>
    /// <param name="delivery">The agent.</param>
    /// <param name="request">What is going to be run: asked for ahead of the greeting, which saves a round trip.</param>
    /// <param name="streams">Where the program's streams end here.</param>
    /// <param name="say">Hears what takes a while.</param>
    public static AgentConnection Open(SshMaster master, AgentDelivery delivery, RunRequest request, LocalStreams streams, Action<string, string> say) =>
        Open(master, delivery, session => session.RunAhead(request, streams), say);

    /// <summary>The same when nothing is to be run.</summary>
    public static AgentConnection Open(SshMaster master, AgentDelivery delivery, Action<string, string> say) => Open(master, delivery, ahead: null, say);

    /// <summary>An agent that was started beforehand and waits; null when there is none.</summary>
    public static AgentConnection? TakeOver(SshAddress address, AgentDelivery delivery, RunRequest request, LocalStreams streams)
    {
        if (OperatingSystem.IsWindows() || !StandbyStart.IsWanted || !delivery.IsBuilt
            || StandbyChannel.TryTake(StandbyPlace.Of(address, delivery.StartCommand)) is not { } ready)
        {
            return null;
        }

        var connection = new AgentConnection(ready, ready.Input, ready.Output);
        connection.Session.RunAhead(request, streams, wake: true);
        if (connection.Session.Greet())
        {
            return connection;
        }

        connection.Dispose();
        return null;
    }

    /// <summary>The run is over, and so is this process: an agent that stood by stands by again. Anything else ends with us.</summary>
    public void Leave()
    {
        if (carrier is StandbyChannel standby && !OperatingSystem.IsWindows() && Session.TryLeave())
        {
            standby.GiveBack();
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        carrier.Dispose();
    }

    private static AgentConnection Open(SshMaster master, AgentDelivery delivery, Action<AgentSession>? ahead, Action<string, string> say)
    {
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
            ?? throw new FerryException($"Ferry's agent does not start on device '{delivery.Device}'", words.Length > 0 ? words : "it said nothing", $"look at the device again: ferry device check {delivery.Device}", ExitCode.DeviceUnreachable);
    }

    /// <summary>Null when no agent answers, with what was said instead. Throws when it is ssh that failed.</summary>
    private static AgentConnection? TryOpen(SshMaster master, AgentDelivery delivery, Action<AgentSession>? ahead, out string words)
    {
        words = "";
        var channel = master.Open(delivery.StartCommand);
        var connection = new AgentConnection(channel, channel.Input, channel.Output);
        ahead?.Invoke(connection.Session);
        if (connection.Session.Greet())
        {
            return connection;
        }

        using (connection)
        {
            const int SshFailed = 255;
            if (channel.Wait() == SshFailed)
            {
                throw channel.Failure(connection.Session.Chatter);
            }

            words = $"{connection.Session.Chatter}\n{channel.Words}".Trim();
            return null;
        }
    }
}
