using System.Runtime.Versioning;
using System.Text;
using Ferry.Processes;
using Ferry.Remote.Ssh;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Remote.Standby;

/// <summary>A channel with an agent at its end that was started beforehand, taken over from the process that kept it.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class StandbyChannel : IDisposable
{
    /// <summary>What the taker says once it has both pipes.</summary>
    public const byte Taken = (byte)'t';

    /// <summary>What it says when the agent can be somebody else's, as soon as this process has ended.</summary>
    public const byte GivenBack = (byte)'g';

    private readonly FileStream slot;
    private readonly SafeFileHandle keeper;

    private StandbyChannel(FileStream slot, SafeFileHandle keeper, Stream input, Stream output)
    {
        (this.slot, this.keeper) = (slot, keeper);
        (Input, Output) = (input, output);
    }

    public Stream Input { get; }

    public Stream Output { get; }

    /// <summary>Null when nobody keeps one.</summary>
    public static StandbyChannel? TryTake(StandbyPlace place)
    {
        if (!File.Exists(place.Socket))
        {
            return null;
        }

        // Before the keeper is asked: it starts the next agent as soon as this one is taken, and the master has room for so many only.
        var free = ControlSlots.Take(place.Channels);
        if (UnixSocket.TryConnect(place.Socket) is { } listener)
        {
            if (TryTake(place, free, listener) is { } taken)
            {
                return taken;
            }

            listener.Dispose();
        }

        free.Dispose();
        return null;
    }

    /// <summary>To be called last: who reads on may take what is meant for the next.</summary>
    public unsafe void GiveBack()
    {
        var word = GivenBack;
        _ = Libc.Write((int)keeper.DangerousGetHandle(), &word, 1);
    }

    /// <summary>The keeper ends the channel's ssh when this connection ends; so does the end of the pipes.</summary>
    public void Dispose()
    {
        Input.DisposeQuietly();
        keeper.Dispose();
        slot.Dispose();
    }

    private static unsafe StandbyChannel? TryTake(StandbyPlace place, FileStream slot, SafeFileHandle keeper)
    {
        // A few digits and a newline, written at once.
        var answer = stackalloc byte[16];
        var count = Libc.Read((int)keeper.DangerousGetHandle(), answer, 16);
        if (count < 2 || !int.TryParse(Encoding.ASCII.GetString(answer, (int)count - 1), out var number))
        {
            return null;
        }

        try
        {
            var input = Fifo.Open(place.ToAgent(number), FileAccess.Write);
            var output = Fifo.Open(place.FromAgent(number), FileAccess.Read);
            var taken = Taken;
            return Libc.Write((int)keeper.DangerousGetHandle(), &taken, 1) == 1 ? new(slot, keeper, input, output) : null;
        }
        catch (IOException)
        {
            return null; // the agent went away meanwhile
        }
    }
}
