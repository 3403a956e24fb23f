namespace Ferry.Benchmarks.Parts;

/// <summary>A part of the measurement, which can be asked for alone.</summary>
/// <param name="Name">As it is asked for, and in the results.</param>
/// <param name="NeedsBoard">Whether a board has to be up.</param>
/// <param name="Measure">Adds its rows.</param>
public sealed record Part(string Name, bool NeedsBoard, Action<Site, Options, Results> Measure)
{
    public static IReadOnlyList<Part> All { get; } =
    [
        new("relay", NeedsBoard: false, RelayPart.Measure),
        new("unchanged", NeedsBoard: true, UnchangedPart.Measure),
        new("calls", NeedsBoard: true, CallsPart.Measure),
        new("patch", NeedsBoard: true, PatchPart.Measure),
        new("links", NeedsBoard: false, LinksPart.Measure),
        new("first", NeedsBoard: true, FirstPart.Measure),
        new("edit", NeedsBoard: true, EditPart.Measure),
        new("debug", NeedsBoard: true, DebugPart.Measure),
        new("check", NeedsBoard: false, CheckPart.Measure),
        new("memory", NeedsBoard: true, MemoryPart.Measure),
    ];
}
