using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Remote.Trees;

/// <summary>Brings parts of a tree in order: the device hears what is to be there, and is sent what it lacks of that.</summary>
internal sealed class TreeUpload : Stream
{
    private const int Chunk = 32 << 10;

    private readonly AgentLink link;

    private TreeUpload(AgentLink link) => this.link = link;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Sends the parts whose numbers the device answered with.</summary>
    public static void Send(AgentLink link, RunTree tree, Frame wanted, Action<long, long>? progress)
    {
        link.Doing = "sending files";
        foreach (var number in Numbers(wanted))
        {
            Send(link, tree.Id, tree.Parts[Checked(number, tree.Parts.Count)], progress);
        }
    }

    private static void Send(AgentLink link, string tree, TreePart part, Action<long, long>? progress)
    {
        var frame = new FrameWriter(FrameType.Tree).Bytes(Encoding.ASCII.GetBytes(tree));
        part.Write(frame);
        link.Send(frame.List(part.Entries, (frame, entry) => entry.Write(frame)).ToArray());
        var answer = Answer(link);
        if (answer.Type == FrameType.Wanted)
        {
            var wanted = Numbers(answer).Select(number => part.Entries[Checked(number, part.Entries.Count)]).ToList();
            var programs = wanted.Where(entry => entry.Program is not null).Select(entry => entry.Program!).ToList();
            if (programs.Count > 0)
            {
                Upload.Send(link, [.. programs.Select(program => new Lack(program, 0))], progress);
                Upload.Remember(programs);
            }

            SendContents(link, wanted.Where(entry => entry.Kind == TreeEntryKind.Data).ToList(), progress);
            answer = Answer(link);
        }

        if (answer.Type != FrameType.Placed)
        {
            throw AgentSession.Nonsense(answer.Type);
        }
    }

    /// <summary>One behind the other, in one stream: a round trip for each of many small files would take longer than their bytes.</summary>
    private static void SendContents(AgentLink link, List<TreeEntry> files, Action<long, long>? progress)
    {
        var (sent, total) = (0L, files.Sum(file => file.Size));
        if (files.Count > 0)
        {
            using var upload = new TreeUpload(link);
            using var compressed = new DeflateStream(upload, CompressionLevel.Optimal, leaveOpen: true);
            foreach (var file in files)
            {
                link.Doing = $"sending '{file.Path}'";
                compressed.Write(Content(file));
                if (total > 0)
                {
                    progress?.Invoke(sent += file.Size, total);
                }
            }
        }

        if (total == 0 && files.Count > 0)
        {
            link.Send(FrameWriter.Of(FrameType.TreeData, [0x03, 0x00])); // an empty block: a DeflateStream without bytes writes nothing at all
        }

        link.Send(FrameWriter.Of(FrameType.TreeEnd));
    }

    private static byte[] Content(TreeEntry file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file.Source);
            return bytes.Length == file.Size && Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256 ? bytes : throw new ChangingFileException(file.Source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot read '{file.Source}'", e.Message);
        }
    }

    private static Frame Answer(AgentLink link)
    {
        var frame = link.Receive();
        return frame.Type == FrameType.Error ? throw AgentSession.Refusal(frame) : frame;
    }

    private static List<int> Numbers(Frame frame)
    {
        var fields = frame.Fields();
        var numbers = new List<int>();
        for (var left = fields.U32(); left > 0; left--)
        {
            numbers.Add(fields.I32());
        }

        return numbers;
    }

    private static int Checked(int number, int count) => number >= 0 && number < count ? number : throw AgentSession.Nonsense(FrameType.Wanted);

    /// <summary>Compressed data on its way.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (link.TryReceive(out var early))
        {
            throw early.Type == FrameType.Error ? AgentSession.Refusal(early) : AgentSession.Nonsense(early.Type);
        }

        for (; buffer.Length > 0; buffer = buffer[Math.Min(Chunk, buffer.Length)..])
        {
            link.Send(FrameWriter.Of(FrameType.TreeData, buffer[..Math.Min(Chunk, buffer.Length)]));
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
