using System.IO.Compression;

namespace Ferry.Remote.Agent;

/// <summary>Sends files to the agent's store, compressed while they are sent.</summary>
internal sealed class Upload : Stream
{
    private const int Chunk = 32 << 10;
    private const uint Executable = 0x1C0; // 0700

    private readonly AgentLink link;
    private bool isStored;

    private Upload(AgentLink link) => this.link = link;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Returns when the agent has stored them all. <paramref name="progress"/> hears how many of how many bytes were sent.</summary>
    public static void Send(AgentLink link, IReadOnlyList<ProgramFile> files, Action<long, long>? progress)
    {
        using var upload = new Upload(link);
        long sent = 0;
        var total = files.Sum(file => file.Size);
        foreach (var file in files)
        {
            link.Doing = $"sending '{file.Name}'";
            if (PatchUpload.TrySend(link, file, Executable) is { } length)
            {
                total += length - file.Size;
                progress?.Invoke(sent += length, total);
            }
            else
            {
                upload.Send(file, count => progress?.Invoke(sent += count, total));
                upload.WaitUntilStored();
            }

            file.Versions?.Keep(file);
        }
    }

    /// <summary>Compressed data on its way. An agent that cannot store it says so early, and is heard before more is sent.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (link.TryReceive(out var frame))
        {
            Hear(frame);
        }

        for (; buffer.Length > 0; buffer = buffer[Math.Min(Chunk, buffer.Length)..])
        {
            link.Send(FrameWriter.Of(FrameType.PutData, buffer[..Math.Min(Chunk, buffer.Length)]));
        }
    }

    private void Send(ProgramFile file, Action<int> progress)
    {
        isStored = false;
        // An empty DeflateStream writes nothing at all, not even the end of a block.
        var compress = file.Size > 0;
        var head = new FrameWriter(FrameType.Put);
        file.Write(head);
        link.Send(head.U32(Executable).U8(compress ? (byte)1 : (byte)0).ToArray());
        using (var compressed = new DeflateStream(this, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var rest = file.Content; rest.Length > 0;)
            {
                var count = Math.Min(Chunk, rest.Length);
                compressed.Write(rest.Span[..count]);
                rest = rest[count..];
                progress(count);
            }
        }

        link.Send(FrameWriter.Of(FrameType.PutEnd));
    }

    private void WaitUntilStored()
    {
        while (!isStored)
        {
            Hear(link.Receive());
        }
    }

    private void Hear(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Stored:
                isStored = true;
                break;
            case FrameType.Error:
                throw AgentSession.Refusal(frame);
            default:
                throw AgentSession.Nonsense(frame.Type);
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
