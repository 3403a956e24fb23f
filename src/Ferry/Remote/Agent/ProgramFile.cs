using System.Security.Cryptography;
using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>A file that a run needs on the device: the program itself, or a shared library of it.</summary>
internal sealed class ProgramFile(string name, ReadOnlyMemory<byte> content, bool isLibrary = false)
{
    private byte[]? _hash;

    /// <summary>The file's name on the device, without a folder. What <c>ps</c> shows of a program.</summary>
    public string Name { get; } = name;

    public ReadOnlyMemory<byte> Content { get; } = content;

    /// <summary>Whether its folder on the device joins LD_LIBRARY_PATH.</summary>
    public bool IsLibrary { get; } = isLibrary;

    public ReadOnlySpan<byte> Hash => _hash ??= SHA256.HashData(Content.Span);

    public string Sha256 => Convert.ToHexStringLower(Hash);

    public static ProgramFile Read(string path, string? name = null, bool isLibrary = false) =>
        new(name ?? Path.GetFileName(path), File.ReadAllBytes(path), isLibrary);

    public void Write(FrameWriter frame) =>
        frame.Raw(Hash).Bytes(Encoding.UTF8.GetBytes(Name)).U64((ulong)Content.Length).U8(IsLibrary ? (byte)1 : (byte)0);
}
