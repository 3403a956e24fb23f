namespace Ferry.Devices;

/// <summary>One file of the device's C library and its like, as the probe saw it.</summary>
public sealed record RuntimeLibrary
{
    /// <summary>Its path in the folder where the loader finds it, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>The same with symlinks resolved.</summary>
    public required string RealPath { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>Lower-case hex, when the device has sha256sum.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The POSIX checksum in decimal (cksum(1)), when it has only that.</summary>
    public string? Cksum { get; init; }
}
