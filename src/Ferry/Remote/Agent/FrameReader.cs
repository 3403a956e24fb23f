using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>Frames from a stream that delivers them in any pieces.</summary>
internal sealed class FrameReader(Stream stream)
{
    private const int LongestChatter = 1 << 20;
    private static readonly byte[] Greeting = "\0FERRY "u8.ToArray();

    private byte[] buffer = new byte[64 << 10];
    private int begin;
    private int end;

    /// <summary>What came before the greeting: a chatty .bashrc, or why there is no agent.</summary>
    public string Chatter { get; private set; } = "";

    /// <summary>The words of the agent's greeting, protocol version and build; null when the stream ends without one.</summary>
    public string[]? ReadGreeting()
    {
        while (true)
        {
            var data = buffer.AsSpan(begin, end - begin);
            var at = data.IndexOf(Greeting);
            var length = at < 0 ? -1 : data[at..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                Chatter = Encoding.UTF8.GetString(data[..at]);
                var words = Encoding.UTF8.GetString(data.Slice(at + Greeting.Length, length - Greeting.Length));
                begin += at + length + 1;
                return words.Split(' ');
            }

            if (data.Length > LongestChatter || !Fill())
            {
                Chatter = Encoding.UTF8.GetString(buffer.AsSpan(begin, end - begin));
                return null;
            }
        }
    }

    /// <summary>The next frame; null when the stream ends, wherever it does.</summary>
    public Frame? Read()
    {
        while (true)
        {
            if (Frame.TryRead(buffer.AsSpan(begin, end - begin), out var frame, out var length))
            {
                begin += length;
                return frame;
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    private bool Fill()
    {
        if (begin > 0)
        {
            buffer.AsSpan(begin, end - begin).CopyTo(buffer);
            (begin, end) = (0, end - begin);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var count = stream.Read(buffer, end, buffer.Length - end);
        end += count;
        return count > 0;
    }
}
