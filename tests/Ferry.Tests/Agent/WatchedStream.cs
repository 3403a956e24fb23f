using System.Text;

namespace Ferry.Tests.Agent;

/// <summary>Keeps what is written to it, and lets a test wait for it.</summary>
internal sealed class WatchedStream : MemoryStream
{
    private readonly object gate = new();

    public string Text
    {
        get
        {
            lock (gate)
            {
                return Encoding.UTF8.GetString(ToArray());
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (gate)
        {
            base.Write(buffer.ToArray(), 0, buffer.Length);
            Monitor.PulseAll(gate);
        }
    }

    public void WaitFor(string text)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        lock (gate)
        {
            while (!Encoding.UTF8.GetString(ToArray()).Contains(text, StringComparison.Ordinal))
            {
                if (!Monitor.Wait(gate, end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero))
                {
                    throw new TimeoutException($"'{text}' did not come; what came: {Text}");
                }
            }
        }
    }
}
