using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>Frames from a stream that delivers them in any pieces.</summary>
internal sealed class FrameReader(Stream stream)
{
    private const int LongestChatter = 1 << 20;
    private static readonly byte[] s_greeting = "\0FERRY "u8.ToArray();

    private byte[] _buffer = new byte[64 << 10];
    private int _begin;
    private int _end;

    /// <summary>What came before the greeting: a chatty .bashrc, or why there is no agent.</summary>
    public string Chatter { get; private set; } = "";

    /// <summary>The words of the agent's greeting, protocol version and build; null when the stream ends without one.</summary>
    public string[]? ReadGreeting()
    {
        while (true)
        {
            var data = _buffer.AsSpan(_begin, _end - _begin);
            var at = data.IndexOf(s_greeting);
            var length = at < 0 ? -1 : data[at..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                Chatter = Encoding.UTF8.GetString(data[..at]);
                var words = Encoding.UTF8.GetString(data.Slice(at + s_greeting.Length, length - s_greeting.Length));
                _begin += at + length + 1;
                return words.Split(' ');
            }

            if (data.Length > LongestChatter || !Fill())
            {
                Chatter = Encoding.UTF8.GetString(_buffer.AsSpan(_begin, _end - _begin));
                return null;
            }
        }
    }

    /// <summary>The next frame; null when the stream ends, wherever it does.</summary>
    public Frame? Read()
    {
        while (true)
        {
            if (Frame.TryRead(_buffer.AsSpan(_begin, _end - _begin), out var frame, out var length))
            {
                _begin += length;
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
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}
