namespace Ferry.Devices;

/// <summary>A folder that the device's loader searches.</summary>
public sealed record LibraryFolder
{
    /// <summary>As the loader names it, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>The same with symlinks resolved; two folders with one real path are one folder (a merged /usr).</summary>
    public string? RealPath { get; init; }

    /// <summary>The names in it that look like shared libraries, sorted.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
