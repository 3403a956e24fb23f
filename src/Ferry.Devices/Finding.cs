namespace Ferry.Devices;

/// <summary>One thing that holding a program (or a target) against a device has brought up.</summary>
public sealed record Finding
{
    /// <summary>Whether the program cannot run.</summary>
    public Severity Severity { get; init; }

    /// <summary>Stable, for scripts: "symbol-version".</summary>
    public required string Id { get; init; }

    /// <summary>What is wrong, with the concrete thing named; lower case, no full stop.</summary>
    public required string Message { get; init; }

    /// <summary>What was observed.</summary>
    public string? Cause { get; init; }

    /// <summary>A command to type, or a thing to do.</summary>
    public string? Help { get; init; }

    /// <summary>The symbol that this is about, of findings about one: who looks for the object that brought it needs the name.</summary>
    public string? Symbol { get; init; }
}
