using System.Runtime.Versioning;
using Ferry.Remote.Ssh;
using Ferry.Settings;

namespace Ferry.Remote.Standby;

/// <summary>
/// Where an agent that stands by is to be met, beside the socket of its master: a socket, and for each agent two pipes. The name holds the way to the
/// device and the command that started the agent, so nobody meets an agent of another version, or in another folder.
/// </summary>
/// <param name="Prefix">Path of all its files, without their endings.</param>
/// <param name="Channels">Path of the files of the master's channels.</param>
internal sealed record StandbyPlace(string Prefix, string Channels)
{
    public string Socket => Prefix + ControlPlace.AgentEnding;

    /// <summary>Locked by whoever keeps agents here.</summary>
    public string Lock => Prefix + ".lock";

    [UnsupportedOSPlatform("windows")]
    public static StandbyPlace Of(SshAddress address, string startCommand)
    {
        var channels = ControlPlace.Of(address).Prefix;
        return new($"{channels}-{NameHash.Of(startCommand)[..8]}", channels);
    }

    public string ToAgent(int number) => $"{Prefix}.{number}.in";

    public string FromAgent(int number) => $"{Prefix}.{number}.out";

    /// <summary>What ssh says of the agents here.</summary>
    public string Words => Prefix + ".words";
}
