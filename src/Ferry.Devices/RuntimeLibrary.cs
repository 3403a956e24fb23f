namespace Ferry.Devices;

/// <summary>One file of the device's C library and its like, as the probe saw it.</summary>
public sealed record RuntimeLibrary
{
    /// <summary>Its path, absolute, in the real path of the folder where the loader finds it.</summary>
    public required string Path { get; init; }

    /// <summary>The same with every symlink resolved, when the device could tell; else as <see cref="Path"/>.</summary>
    public required string RealPath { get; init; }

    /// <summary>In bytes, when the device told it.</summary>
    public long? Size { get; init; }

    /// <summary>Lower-case hex, when the device has sha256sum.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The POSIX checksum in decimal (cksum(1)), when it has only that.</summary>
    public string? Cksum { get; init; }
}
