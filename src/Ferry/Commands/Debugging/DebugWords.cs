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

    /// <summary>A core file of this PC; empty for the newest on the device; null for a process.</summary>
    public string? Core { get; init; }

    /// <summary>The port for a debugger that somebody else starts, 0 for one that is free; null when Ferry starts it.</summary>
    public int? Serve { get; init; }

    /// <summary>Whether the next session follows when one has ended.</summary>
    public bool Keeps { get; init; }

    /// <summary>What does not go together, said before anything is done.</summary>
    /// <exception cref="FerryException">Exit 2.</exception>
    public void Check(CargoLine typed)
    {
        var refused = typed.Devices.Count > 1 ? ("a program is debugged on one device at a time", "name one: --on DEVICE")
            : Attach is not null && Test is not null ? ("--attach and --test do not go together: a test is started", "leave one of them out")
            : Core is not null && (Attach is not null || Test is not null) ? ("--core does not go together with --attach and --test", "leave one of them out")
            : Core is { Length: > 0 } && !File.Exists(Core) ? ($"there is no file '{Core}'", "--core FILE names a core file on this PC; --core alone looks for one on the device")
            : Attach is not null && typed.ProgramArguments.Count > 0 ? ("what runs already takes no arguments", "leave -- and what follows out, or leave --attach out")
            : Commands is not null && !File.Exists(Commands) ? ($"there is no file '{Commands}'", "--command FILE names a file with commands for the debugger")
            : Gdbserver is not null && !File.Exists(Gdbserver) ? ($"there is no file '{Gdbserver}'", "--gdbserver FILE names a gdbserver for the device")
            : Serve is < 0 or > ushort.MaxValue ? ($"there is no port {Serve}", "leave the number out, and Ferry takes one that is free")
            : Keeps && Serve is null ? ("--keep belongs to --serve", "ferry debug --serve --keep")
            : Serve is not null && TheDebuggersOwn is { } own ? ($"{own} and --serve do not go together: the debugger that comes has that to say", $"leave {own} out")
            : default((string Message, string Help)?);
        if (refused is { } wrong)
        {
            throw new FerryException(wrong.Message, help: wrong.Help, exit: ExitCode.WrongUsage);
        }
    }

    /// <summary>What only a debugger can do that Ferry has started.</summary>
    private string? TheDebuggersOwn => Breakpoints.Count > 0 ? "--break" : BreaksOnPanic ? "--break-on-panic" : !StopsAtStart ? "--no-stop" : Commands is not null ? "--command" : Core is not null ? "--core" : null;
}
