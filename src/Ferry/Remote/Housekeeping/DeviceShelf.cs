using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Remote.Housekeeping;

/// <summary>What a device's agent says of what is kept there: the frame Kept.</summary>
/// <param name="Things">All of it, the longest unused first.</param>
/// <param name="Total">The size of the file system that it lies on; 0 where that is not known.</param>
/// <param name="Available">What of that is free, after what went has gone.</param>
internal sealed record DeviceShelf(IReadOnlyList<KeptThing> Things, long Total, long Available)
{
    private static readonly string[] Kinds = ["programs", "agents", "working trees", "half sent"];

    public static DeviceShelf Read(Frame kept)
    {
        var fields = kept.Fields();
        var (total, available) = ((long)fields.U64(), (long)fields.U64());
        var things = new List<KeptThing>();
        for (var left = fields.U32(); left > 0; left--)
        {
            var (kind, fate) = (fields.U8(), (Fate)fields.U8());
            var name = Encoding.UTF8.GetString(fields.Bytes());
            var (size, idle) = ((long)fields.U64(), fields.U64());
            things.Add(new(kind < Kinds.Length ? Kinds[kind] : "others", name, size, idle < int.MaxValue ? TimeSpan.FromSeconds(idle) : null, fate));
        }

        return new(things, total, available);
    }
}
