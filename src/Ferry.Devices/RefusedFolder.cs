namespace Ferry.Devices;

/// <summary>A folder that Ferry tried and cannot use.</summary>
public sealed record RefusedFolder
{
    /// <summary>As it was tried.</summary>
    public required string Path { get; init; }

    /// <summary>One word: see <see cref="RefusalReasons"/>.</summary>
    public required string Reason { get; init; }
}
