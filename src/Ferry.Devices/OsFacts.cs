namespace Ferry.Devices;

/// <summary>The distribution, from os-release(5).</summary>
public sealed record OsFacts
{
    /// <summary>"debian", "raspbian", "openwrt".</summary>
    public string? Id { get; init; }

    /// <summary>VERSION_ID: "12".</summary>
    public string? Version { get; init; }

    /// <summary>PRETTY_NAME: "Raspbian GNU/Linux 12 (bookworm)".</summary>
    public string? Pretty { get; init; }
}
