using System.Security.Cryptography;
using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>
/// A file that a run needs on the device: the program itself, or a shared library of it. Its content is asked for only when the device lacks it.
/// </summary>
internal sealed class ProgramFile(string name, string sha256, long size, Func<ReadOnlyMemory<byte>> load, bool isLibrary = false, SentVersions? versions = null)
{
    private ReadOnlyMemory<byte>? content;

    public ProgramFile(string name, ReadOnlyMemory<byte> content, bool isLibrary = false)
        : this(name, Convert.ToHexStringLower(SHA256.HashData(content.Span)), content.Length, () => content, isLibrary)
    {
    }

    /// <summary>The file's name on the device, without a folder. What <c>ps</c> shows of a program.</summary>
    public string Name { get; } = name;

    /// <summary>Whether its folder on the device joins LD_LIBRARY_PATH.</summary>
    public bool IsLibrary { get; } = isLibrary;

    /// <summary>What was sent of it before; null where that is not kept.</summary>
    public SentVersions? Versions { get; } = versions;

    /// <summary>In lower-case hex.</summary>
    public string Sha256 { get; } = sha256;

    public byte[] Hash { get; } = Convert.FromHexString(sha256);

    /// <summary>In bytes, before compression.</summary>
    public long Size { get; } = size;

    public ReadOnlyMemory<byte> Content => content ??= load();

    public static ProgramFile Read(string path, string? name = null, bool isLibrary = false) =>
        new(name ?? Path.GetFileName(path), File.ReadAllBytes(path), isLibrary);

    public void Write(FrameWriter frame) =>
        frame.Raw(Hash).Bytes(Encoding.UTF8.GetBytes(Name)).U64((ulong)Size).U8(IsLibrary ? (byte)1 : (byte)0);
}
