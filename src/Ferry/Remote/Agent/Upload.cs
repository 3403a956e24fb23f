using System.IO.Compression;

namespace Ferry.Remote.Agent;

/// <summary>Sends files to the agent's store, compressed while they are sent: this thread compresses, the link's own sends.</summary>
internal sealed class Upload : Stream
{
    private const int Chunk = 32 << 10;
    private const uint Executable = 0x1C0; // 0700

    /// <summary>The strongest level that no link of a board outruns: docs/decisions/0017-transfers.md.</summary>
    private const CompressionLevel Level = CompressionLevel.Optimal;

    /// <summary>What another process does to a half-sent file may make it necessary to begin anew; not again and again.</summary>
    private const int MostTries = 3;

    private readonly AgentLink link;
    private readonly ProgramFile file;
    private readonly Action<long> arrived;
    private bool isStored;
    private long? restart;

    private Upload(AgentLink link, ProgramFile file, Action<long> arrived) => (this.link, this.file, this.arrived) = (link, file, arrived);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Returns when the agent has stored them all. <paramref name="progress"/> hears how many of how many bytes have arrived there.</summary>
    public static void Send(AgentLink link, IReadOnlyList<Lack> lacking, Action<long, long>? progress)
    {
        long before = 0;
        var total = lacking.Sum(lack => lack.File.Size);
        foreach (var (file, there) in lacking)
        {
            link.Doing = $"sending '{file.Name}'";
            if (PatchUpload.TrySend(link, file, there, Executable) is { } length)
            {
                total += length - file.Size;
                before += length;
            }
            else
            {
                using var upload = new Upload(link, file, count => progress?.Invoke(before + count, total));
                upload.Send(there);
                before += file.Size;
            }

            progress?.Invoke(before, total);
        }
    }

    /// <summary>Remembers what the device has now, for the next patch. Not before the program has been asked for: that need not wait for it.</summary>
    public static void Remember(IEnumerable<ProgramFile> sent)
    {
        foreach (var one in sent)
        {
            one.Versions?.Keep(one);
        }
    }

    /// <summary>How many bytes these would be on their way.</summary>
    public static long Compressed(ReadOnlyMemory<byte> content)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new DeflateStream(bytes, Level, leaveOpen: true))
        {
            compressed.Write(content.Span);
        }

        return bytes.Length;
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

    private void Send(long from)
    {
        for (var tries = 0; !isStored; tries++)
        {
            if (tries == MostTries)
            {
                throw new FerryException("the device did not store what was sent", $"what arrived of '{file.Name}' was lost there {MostTries} times", exit: ExitCode.DeviceUnreachable);
            }

            restart = null;
            SendFrom(from);
            while (!isStored && restart is null)
            {
                Hear(link.Receive());
            }

            from = restart ?? from;
        }
    }

    private void SendFrom(long from)
    {
        var rest = file.Content[(int)from..];
        // An empty DeflateStream writes nothing at all, not even the end of a block.
        var compress = rest.Length > 0;
        var head = new FrameWriter(FrameType.Put);
        file.Write(head);
        link.Send(head.U32(Executable).U8(compress ? (byte)1 : (byte)0).U64((ulong)from).ToArray());
        arrived(from);
        using (var compressed = new DeflateStream(this, Level, leaveOpen: true))
        {
            while (rest.Length > 0 && restart is null)
            {
                var count = Math.Min(Chunk, rest.Length);
                compressed.Write(rest.Span[..count]);
                rest = rest[count..];
            }
        }

        link.Send(FrameWriter.Of(FrameType.PutEnd));
    }

    private void Hear(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Arrived:
                arrived(Math.Min((long)frame.Fields().U64(), file.Size));
                break;
            case FrameType.Stored:
                isStored = true;
                break;
            case FrameType.Missing:
                restart = Lack.Read(frame, [file]) is [{ There: var there }] ? there : 0;
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
