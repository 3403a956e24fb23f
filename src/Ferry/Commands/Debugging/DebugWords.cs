namespace Ferry.Commands.Debugging;

/// <summary>What was typed for <c>ferry debug</c> besides what all verbs around cargo take.</summary>
internal sealed record DebugWords
{
    public string? Debugger { get; init; }

    public IReadOnlyList<string> Breakpoints { get; init; } = [];

    public bool BreaksOnPanic { get; init; }

    public bool StopsAtStart { get; init; } = true;

    public string? Commands { get; init; }

    /// <summary>The program's stdin; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>Where its output goes; null for ours.</summary>
    public string? Output { get; init; }

    public string? Gdbserver { get; init; }

    public string? Test { get; init; }

    /// <summary>The process to attach to, by its number or name; null to start the program.</summary>
    public string? Attach { get; init; }
}
