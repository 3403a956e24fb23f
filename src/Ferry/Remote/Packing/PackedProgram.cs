namespace Ferry.Remote.Packing;

/// <summary>A program and the shared libraries that go along with it, since cargo built them and no device has them.</summary>
internal sealed record PackedProgram
{
    public required PackedFile Program { get; init; }

    public IReadOnlyList<PackedFile> Libraries { get; init; } = [];

    /// <summary>Folders whose libraries all go along, with the ticks of their time of change, UTC: a new library there is noticed by it.</summary>
    public IReadOnlyDictionary<string, long> TakenWhole { get; init; } = new Dictionary<string, long>();

    /// <summary>The devices (as <see cref="Fitness"/> names them) that were found to be able to run it.</summary>
    public IReadOnlyList<string> FitsOn { get; init; } = [];

    public bool IsStillTheSame =>
        Files.All(file => file.IsStillTheSame) && TakenWhole.All(folder => Directory.GetLastWriteTimeUtc(folder.Key).Ticks == folder.Value);

    public IEnumerable<PackedFile> Files => [Program, .. Libraries];
}
