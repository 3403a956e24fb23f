using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>GDB's remote protocol between gdbserver on the device and a debugger here.</summary>
/// <param name="ready">Called when there is a program to speak of; it stands still until a debugger lets it go. Hears the path of what gdbserver was attached to, or nothing.</param>
/// <param name="hear">Hears gdbserver's bytes.</param>
/// <param name="words">Hears what gdbserver says for people.</param>
internal sealed class Wire(Action<string> ready, Action<ReadOnlyMemory<byte>> hear, Action<string> words)
{
    private AgentLink? link;

    /// <summary>What the debugger says. Throws <see cref="FerryException"/> when the connection is lost.</summary>
    public void Say(ReadOnlySpan<byte> bytes) => link?.Send(FrameWriter.Of(FrameType.Wire, bytes));

    /// <summary>The debugger has gone.</summary>
    public void End() => link?.Send(FrameWriter.Of(FrameType.WireEnd));

    /// <summary>This process is about to be stopped (Ctrl-Z): its silence means nothing. Returns when that is on its way.</summary>
    public void Suspend() => link?.SendAndWait(FrameWriter.Of(FrameType.Suspend));

    /// <summary>It goes on.</summary>
    public void Resume() => link?.Send(FrameWriter.Of(FrameType.Resume));

    internal void Begin(AgentLink started, string words)
    {
        link = started;
        ready(words);
    }

    internal void Hear(Frame frame)
    {
        if (frame.Type == FrameType.FromWire)
        {
            hear(frame.Payload);
        }
        else
        {
            words(Encoding.UTF8.GetString(frame.Payload));
        }
    }
}
