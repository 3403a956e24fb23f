namespace Ferry.Commands.Inspecting;

/// <summary>Who died, and of what.</summary>
internal sealed record CoreReport
{
    public string? Name { get; init; }

    public string? Arguments { get; init; }

    public string? Path { get; init; }

    public uint? Process { get; init; }

    public int? Signal { get; init; }

    public string? SignalName { get; init; }

    public int? SignalCode { get; init; }

    /// <summary>As 0x….</summary>
    public string? FaultAddress { get; init; }

    public int Threads { get; init; }
}
