namespace Ferry.Remote.Agent;

/// <summary>How a program on the device ended: by exit code, or by a signal (Linux' number).</summary>
internal readonly record struct ProgramEnd(int Code, int Signal, bool DumpedCore)
{
    public static ProgramEnd Exited(int code) => new(code, 0, false);

    public static ProgramEnd Killed(int signal, bool dumpedCore = false) => new(0, signal, dumpedCore);

    /// <summary>Its debugger ended it, or let it go.</summary>
    public static ProgramEnd NotSeen { get; } = new() { IsNotSeen = true };

    public bool IsNotSeen { get; init; }

    /// <summary>It was still running when its time was over.</summary>
    public bool TimedOut { get; init; }

    /// <summary>What is known of its death; null when it did not die, or nothing was seen.</summary>
    public DeathNotes? Notes { get; init; }

    public bool IsSuccess => this is { Code: 0, Signal: 0, TimedOut: false, IsNotSeen: false };

    public bool BySignal => Signal != 0;

    /// <summary>The exit code as shells have it: 128 and the signal's number for a death by signal.</summary>
    public int ExitCode => BySignal ? 128 + Signal : Code;

    /// <summary>Ends are alike whatever was noted meanwhile.</summary>
    public bool Equals(ProgramEnd other) => (Code, Signal, DumpedCore, TimedOut, IsNotSeen) == (other.Code, other.Signal, other.DumpedCore, other.TimedOut, other.IsNotSeen);

    public override int GetHashCode() => HashCode.Combine(Code, Signal, DumpedCore, TimedOut, IsNotSeen);
}
