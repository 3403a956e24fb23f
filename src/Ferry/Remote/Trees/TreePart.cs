using System.Text;
using Ferry.Remote.Agent;
using Ferry.Settings;

namespace Ferry.Remote.Trees;

/// <summary>
/// What is placed in a tree together, and replaced together: a package's files, say, or its programs of one profile. What a part no longer
/// names is removed on the device; what another part or a program put there is not.
/// </summary>
internal sealed class TreePart(string name, IReadOnlyList<TreeEntry> entries)
{
    /// <summary>16 hexadecimal digits.</summary>
    public string Name { get; } = NameHash.Of(name);

    public IReadOnlyList<TreeEntry> Entries { get; } = entries;

    /// <summary>Says whether it still means the same; 32 bytes. No SHA-256, for the reason that <see cref="NameHash"/> gives.</summary>
    public byte[] Hash { get; } = HashOf(entries);

    public void Write(FrameWriter frame) => frame.Bytes(Encoding.ASCII.GetBytes(Name)).Raw(Hash);

    private static byte[] HashOf(IReadOnlyList<TreeEntry> entries)
    {
        var words = new StringBuilder();
        foreach (var entry in entries)
        {
            words.Append(entry.Words);
        }

        var text = words.ToString();
        return Convert.FromHexString(NameHash.Of(text) + NameHash.Of("1" + text) + NameHash.Of("2" + text) + NameHash.Of(text + "3"));
    }
}
