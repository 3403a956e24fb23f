using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Remote.Trees;

/// <summary>A file, folder or link that is to lie at a path of a tree on the device.</summary>
internal sealed record TreeEntry
{
    /// <summary>From the tree's root, with slashes: <c>workspace/tests/data/a.txt</c>.</summary>
    public required string Path { get; init; }

    public required TreeEntryKind Kind { get; init; }

    /// <summary>Permissions, as in Unix.</summary>
    public int Mode { get; init; } = 0x1A4; // 0644

    public long Size { get; init; }

    /// <summary>Of the bytes, in lower-case hex; empty for folders and links.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Where a link leads.</summary>
    public string Target { get; init; } = "";

    /// <summary>The file here that holds the bytes of <see cref="TreeEntryKind.Data"/>.</summary>
    public string Source { get; init; } = "";

    /// <summary>What is sent for a program.</summary>
    public ProgramFile? Program { get; init; }

    /// <summary>Everything that makes it another entry.</summary>
    public string Words => $"{(int)Kind} {Mode} {Size} {Sha256} {Target}\0{Path}\n";

    public void Write(FrameWriter frame) => frame
        .U8((byte)Kind)
        .Bytes(Encoding.UTF8.GetBytes(Path))
        .U32((uint)Mode)
        .U64((ulong)Size)
        .Raw(Sha256.Length == 0 ? new byte[32] : Convert.FromHexString(Sha256))
        .Bytes(Encoding.UTF8.GetBytes(Program?.Name ?? Target));
}
