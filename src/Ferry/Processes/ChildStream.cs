namespace Ferry.Processes;

/// <summary>What one of a child's three streams is: a pipe to us, our own stream, nothing, or a file (read for stdin, appended to for the others).</summary>
internal sealed record ChildStream
{
    public static readonly ChildStream Pipe = new();
    public static readonly ChildStream Inherit = new();
    public static readonly ChildStream Null = new();

    public string? Path { get; private init; }

    public static ChildStream File(string path) => new() { Path = path };

    // Pipe, Inherit and Null are told apart by being the same object.
    public bool Equals(ChildStream? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
