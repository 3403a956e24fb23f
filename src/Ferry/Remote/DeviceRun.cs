using Ferry.Devices;
using Ferry.Remote.Agent;
using Ferry.Remote.Ssh;
using Ferry.Remote.Standby;

namespace Ferry.Remote;

/// <summary>Runs a program on a device that is reached by ssh: the master, a channel with the agent at its end, the run.</summary>
internal static class DeviceRun
{
    /// <param name="device">Where.</param>
    /// <param name="request">What.</param>
    /// <param name="streams">Where its streams end here.</param>
    /// <param name="sent">Hears how many of how many bytes were sent, when any are.</param>
    /// <param name="say">Hears what takes a while: a verb and a text.</param>
    /// <param name="news">Hears what else the agent tells: what is waited for, the device's conditions.</param>
    /// <param name="wire">For a program that is debugged: its debugger.</param>
    /// <remarks>
    /// The connection is left open when the program has ended: this process is about to end as well, and takes it along. To close it in good order
    /// (to wake the threads that wait in it, each by an exception) would take as long as the program's own round trip.
    /// </remarks>
    public static ProgramEnd Run(DeviceSummary device, RunRequest request, LocalStreams streams, Action<long, long> sent, Action<string, string> say, RunNews? news = null, Wire? wire = null)
    {
        ImportedDevice.ThrowIfIs(device.Name, device.Address);
        var (address, delivery) = (SshAddress.Parse(device.Address), AgentDelivery.To(device));
        if (AgentConnection.TakeOver(address, delivery, request, streams) is { } ready)
        {
            var ended = Run(ready, request, streams, sent, news, wire);
            ready.Leave();
            return ended;
        }

        var agent = AgentConnection.Open(SshMaster.Connect(address), delivery, request, streams, say);
        var end = Run(agent, request, streams, sent, news, wire);
        if (!OperatingSystem.IsWindows() && StandbyStart.IsWanted)
        {
            StandbyStart.Begin(address, delivery.StartCommand);
        }

        return end;
    }

    /// <summary>A run that ends by an exception may be tried again: the agent must let go of what it holds.</summary>
    private static ProgramEnd Run(AgentConnection agent, RunRequest request, LocalStreams streams, Action<long, long> sent, RunNews? news, Wire? wire)
    {
        try
        {
            return agent.Session.Run(request, streams, sent, news, wire);
        }
        catch
        {
            agent.Dispose();
            throw;
        }
    }
}
