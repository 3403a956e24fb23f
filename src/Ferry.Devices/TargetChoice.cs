namespace Ferry.Devices;

/// <summary>The Rust target for a device, and why; or why there is none.</summary>
public sealed record TargetChoice
{
    /// <summary>The triple, or null when Ferry has none for the device.</summary>
    public string? Triple { get; init; }

    /// <summary>A sentence without a full stop, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Set when <see cref="Triple"/> is null: what stands in the way, and what to do.</summary>
    public Finding? Error { get; init; }
}
