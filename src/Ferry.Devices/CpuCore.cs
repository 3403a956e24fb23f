namespace Ferry.Devices;

/// <summary>A kind of core that a device has: of a big.LITTLE pair there are two. Its numbers are fields of the MIDR (Arm ARM, MIDR_EL1), as the kernel prints them.</summary>
public sealed record CpuCore
{
    /// <summary>"0x41".</summary>
    public required string Implementer { get; init; }

    /// <summary>"0xd03".</summary>
    public required string Part { get; init; }

    /// <summary>"0x0".</summary>
    public string? Variant { get; init; }

    /// <summary>"Cortex-A53", where <see cref="CpuNames"/> knows it.</summary>
    public string? Name { get; init; }

    /// <summary>How many of them are on.</summary>
    public required int Count { get; init; }
}
