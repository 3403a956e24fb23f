using System.IO.Compression;

namespace Ferry.Remote.Agent;

/// <summary>Sends files to the agent's store, compressed while they are sent.</summary>
internal sealed class Upload : Stream
{
    private const int Chunk = 32 << 10;
    private const uint Executable = 0x1C0; // 0700

    private readonly AgentLink _link;

    private Upload(AgentLink link) => _link = link;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static void Send(AgentLink link, IReadOnlyList<ProgramFile> files, Action<long, long>? progress)
    {
        long sent = 0;
        var total = files.Sum(file => file.Size);
        foreach (var file in files)
        {
            link.Doing = $"sending '{file.Name}'";
            var head = new FrameWriter(FrameType.Put);
            file.Write(head);
            link.Send(head.U32(Executable).U8(1).ToArray());
            using (var compressed = new DeflateStream(new Upload(link), CompressionLevel.Optimal))
            {
                for (ReadOnlyMemory<byte> rest = file.Content(); rest.Length > 0; rest = rest[Math.Min(Chunk, rest.Length)..])
                {
                    var count = Math.Min(Chunk, rest.Length);
                    compressed.Write(rest.Span[..count]);
                    progress?.Invoke(sent += count, total);
                }
            }

            link.Send(FrameWriter.Of(FrameType.PutEnd));
        }
    }

    /// <summary>Compressed data on its way. An agent that cannot store it says so early, and is heard before more is sent.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (_link.TryReceive(out var frame))
        {
            if (frame.Type == FrameType.Error)
            {
                throw AgentSession.Refusal(frame);
            }
        }

        for (; buffer.Length > 0; buffer = buffer[Math.Min(Chunk, buffer.Length)..])
        {
            _link.Send(FrameWriter.Of(FrameType.PutData, buffer[..Math.Min(Chunk, buffer.Length)]));
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Frames leave as they are made.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
