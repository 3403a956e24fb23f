namespace Ferry.Remote.Sysroots;

/// <summary>One file of a sysroot: its content, and every path by which the device's loader or its user may name it.</summary>
internal sealed record SysrootFile
{
    /// <summary>Absolute paths on the device, all plain (DevicePath.IsPlain); the content lies at the first, the others lead to it.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    public required long Size { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>As cksum(1) prints it; devices without sha256sum know their files by it.</summary>
    public required string Cksum { get; init; }

    /// <summary>The package that brought it; null for the device's own libraries.</summary>
    public string? Package { get; init; }

    /// <summary>For a package's name of one of the device's own libraries (libm.so): that library's path.</summary>
    public string? Same { get; init; }
}
