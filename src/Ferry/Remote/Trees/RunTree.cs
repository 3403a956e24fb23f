using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Remote.Trees;

/// <summary>The tree in which a program runs: a mirror of its workspace on the device.</summary>
internal sealed class RunTree
{
    /// <summary>16 hexadecimal digits: the same workspace of the same PC has the same tree.</summary>
    public required string Id { get; init; }

    public required IReadOnlyList<TreePart> Parts { get; init; }

    /// <summary>Where the program lies in the tree; empty to run it as the store has it.</summary>
    public string Program { get; init; } = "";

    public required IReadOnlyList<TreePlace> Places { get; init; }

    /// <summary>Whether the program is to see the paths of this PC, which may be compiled into it.</summary>
    public bool ShowsPaths { get; init; } = true;

    public required TreeResults Results { get; init; }

    /// <summary>Hears why the program did not see this PC's paths, and whether it failed.</summary>
    public Action<string, bool>? WithoutView { get; init; }

    public void Write(FrameWriter frame)
    {
        frame.Bytes(Encoding.ASCII.GetBytes(Id))
            .List(Parts, (frame, part) => part.Write(frame))
            .Bytes(Encoding.UTF8.GetBytes(Program))
            .List(Places, (frame, place) => frame.Bytes(Encoding.UTF8.GetBytes(place.Here)).Bytes(Encoding.UTF8.GetBytes(place.InTree)))
            .U8(ShowsPaths ? (byte)1 : (byte)0)
            .List(Results.Patterns, (frame, pattern) => frame.Bytes(Encoding.UTF8.GetBytes(pattern.Folder)).Bytes(Encoding.UTF8.GetBytes(pattern.Glob.Text)));
    }

    public void HearOfView(string why, bool failed)
    {
        if (why.Length > 0)
        {
            WithoutView?.Invoke(why, failed);
        }
    }
}
