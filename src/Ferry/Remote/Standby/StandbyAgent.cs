using System.Runtime.Versioning;
using Ferry.Processes;
using Ferry.Remote.Agent;
using Ferry.Remote.Ssh;

namespace Ferry.Remote.Standby;

/// <summary>One agent on the device that waits to be asked: the ssh that leads to it, between two pipes whose other ends are still ours.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class StandbyAgent : IDisposable
{
    private readonly StandbyPlace place;
    private readonly FileStream toAgent;
    private readonly FileStream fromAgent;
    private readonly SessionProcess ssh;

    private StandbyAgent(StandbyPlace place, int number, SshMaster master, string startCommand)
    {
        (this.place, Number) = (place, number);
        Fifo.Make(place.ToAgent(number));
        Fifo.Make(place.FromAgent(number));
        toAgent = Fifo.Open(place.ToAgent(number), FileAccess.ReadWrite);
        fromAgent = Fifo.Open(place.FromAgent(number), FileAccess.ReadWrite);
        File.WriteAllText(place.Words, "");
        ssh = master.Start(startCommand, ChildStream.File(place.ToAgent(number)), ChildStream.File(place.FromAgent(number)), ChildStream.File(place.Words));
        toAgent.Write(FrameWriter.Of(FrameType.Stand));
    }

    public int Number { get; }

    /// <summary>Completes when ssh has ended: the agent, the connection or the device has gone.</summary>
    public Task End => ssh.End;

    public static StandbyAgent Start(StandbyPlace place, int number, SshMaster master, string startCommand) => new(place, number, master, startCommand);

    /// <summary>The agent sees the end of its stdin when whoever else has the pipes open has let go, too.</summary>
    public void LetGo()
    {
        toAgent.Dispose();
        fromAgent.Dispose();
        File.Delete(place.ToAgent(Number));
        File.Delete(place.FromAgent(Number));
    }

    public void Dispose()
    {
        LetGo();
        ssh.Dispose();
    }
}
