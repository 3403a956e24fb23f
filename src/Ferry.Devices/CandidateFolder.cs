namespace Ferry.Devices;

/// <summary>A place where Ferry might keep programs, and what it is mounted as. Which one it took is <see cref="DeviceProfile.Folder"/>.</summary>
public sealed record CandidateFolder
{
    /// <summary>Absolute, only of the characters A-Z a-z 0-9 . _ + @ - and /; the folder itself need not be there.</summary>
    public required string Path { get; init; }

    /// <summary>Free space for this user, when the device has <c>df</c>.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>"ext4", "tmpfs", "overlay".</summary>
    public string? FileSystem { get; init; }

    /// <summary>As /proc/mounts has them: "rw", "nosuid", "noexec", "size=16384k".</summary>
    public IReadOnlyList<string> MountOptions { get; init => field = value ?? []; } = [];
}
