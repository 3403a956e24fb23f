namespace Ferry.Devices;

/// <summary>Something that was added to a device's sysroot besides the libraries that programs run with.</summary>
public sealed record SysrootPackage
{
    /// <summary>The package's name; for a folder its path on this PC.</summary>
    public required string Name { get; init; }

    /// <summary>The package's version; null for a folder.</summary>
    public string? Version { get; init; }

    /// <summary>Where it came from: "device", the address of its file in an archive, or a path on this PC.</summary>
    public required string From { get; init; }

    /// <summary>Whether the user named it; else another one needs it.</summary>
    public bool Asked { get; init; }
}
