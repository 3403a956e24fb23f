namespace Ferry.Devices;

/// <summary>A folder of the device in which Ferry wrote a file and ran it.</summary>
public sealed record StoreFolder
{
    /// <summary>Absolute, only of the characters A-Z a-z 0-9 . _ + @ - and /.</summary>
    public required string Path { get; init; }

    /// <summary>Free space for this user.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>"ext4", "tmpfs", "overlay".</summary>
    public string? FileSystem { get; init; }
}
