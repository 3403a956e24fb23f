using System.Text;

namespace Ferry.Processes;

/// <summary>A child to be started: what, with which streams, and where. <paramref name="Arguments"/> are what follows argv[0], any bytes.</summary>
internal sealed record ChildLine(string File, IReadOnlyList<byte[]> Arguments)
{
    public ChildLine(string file, IEnumerable<string> arguments)
        : this(file, [.. arguments.Select(Encoding.UTF8.GetBytes)])
    {
    }

    public ChildStream Input { get; init; } = ChildStream.Null;

    public ChildStream Output { get; init; } = ChildStream.Inherit;

    public ChildStream Errors { get; init; } = ChildStream.Inherit;

    /// <summary>Out of the terminal's reach: no Ctrl-C comes there but by us.</summary>
    public bool OwnSession { get; init; } = true;

    /// <summary>What its environment has besides or instead of ours; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Its working folder; null for ours.</summary>
    public string? Folder { get; init; }
}
