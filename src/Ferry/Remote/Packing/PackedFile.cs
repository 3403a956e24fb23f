using System.Security.Cryptography;
using Ferry.Elf;

namespace Ferry.Remote.Packing;

/// <summary>
/// A file of this PC as it goes to a device: without debug info, known by the hash of what is sent. <see cref="Length"/> and
/// <see cref="Modified"/> are the source's, to notice that it has become another.
/// </summary>
internal sealed record PackedFile
{
    /// <summary>What is sent, while the process that has just made it lives.</summary>
    private byte[]? made;

    public required string Source { get; init; }

    public required long Length { get; init; }

    /// <summary>Ticks of the source's time of change, UTC.</summary>
    public required long Modified { get; init; }

    /// <summary>SHA-256 of the bytes that are sent, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many bytes are sent, before compression.</summary>
    public required long Size { get; init; }

    public string Name => Path.GetFileName(Source);

    public bool IsStillTheSame
    {
        get
        {
            var now = new FileInfo(Source);
            return now.Exists && now.Length == Length && now.LastWriteTimeUtc.Ticks == Modified;
        }
    }

    /// <summary>The file with the bytes that the caller has read of it already.</summary>
    public static PackedFile Of(string source, ReadOnlySpan<byte> bytes)
    {
        var facts = new FileInfo(source);
        var sent = ElfStrip.WithoutDebugInfo(bytes);
        return new PackedFile
        {
            Source = Path.GetFullPath(source),
            Length = facts.Length,
            Modified = facts.LastWriteTimeUtc.Ticks,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(sent)),
            Size = sent.Length,
            made = sent,
        };
    }

    public static PackedFile Read(BinaryReader fields) => new()
    {
        Source = fields.ReadString(),
        Length = fields.ReadInt64(),
        Modified = fields.ReadInt64(),
        Sha256 = fields.ReadString(),
        Size = fields.ReadInt64(),
    };

    public void Write(BinaryWriter fields)
    {
        fields.Write(Source);
        fields.Write(Length);
        fields.Write(Modified);
        fields.Write(Sha256);
        fields.Write(Size);
    }

    /// <summary>What is sent; made again from the source where another process has made it.</summary>
    public byte[] Content() => made ??= ElfStrip.WithoutDebugInfo(File.ReadAllBytes(Source));
}
