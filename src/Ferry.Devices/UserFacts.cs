namespace Ferry.Devices;

/// <summary>The account that Ferry uses on the device.</summary>
public sealed record UserFacts
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The user's number.</summary>
    public long? Id { get; init; }

    /// <summary>Whether that number is 0.</summary>
    public bool? IsRoot { get; init; }

    /// <summary>The home folder.</summary>
    public string? Home { get; init; }

    /// <summary>The login shell.</summary>
    public string? Shell { get; init; }
}
