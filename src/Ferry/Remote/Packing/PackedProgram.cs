namespace Ferry.Remote.Packing;

/// <summary>A program and the shared libraries that go along with it, since cargo built them and no device has them.</summary>
internal sealed record PackedProgram
{
    public required PackedFile Program { get; init; }

    public IReadOnlyList<PackedFile> Libraries { get; init; } = [];

    /// <summary>The devices (as <see cref="Fitness"/> names them) that were found to be able to run it.</summary>
    public IReadOnlyList<string> FitsOn { get; init; } = [];

    public IEnumerable<PackedFile> Files => [Program, .. Libraries];
}
