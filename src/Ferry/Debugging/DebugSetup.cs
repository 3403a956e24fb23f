namespace Ferry.Debugging;

/// <summary>All that a debugger is told before it asks its user.</summary>
internal sealed record DebugSetup
{
    /// <summary>The program as it lies here.</summary>
    public required string Program { get; init; }

    /// <summary>Where Ferry waits for it: a unix socket's path, or localhost:PORT. Empty for a core file.</summary>
    public required string Address { get; init; }

    /// <summary>A core file, which is all that is left of the process; null for one that lives.</summary>
    public string? Core { get; init; }

    /// <summary>The device's libraries, at the device's paths below this folder: what is read from here need not come from there.</summary>
    public required string Sysroot { get; init; }

    /// <summary>Folders of this PC with the libraries that went along.</summary>
    public IReadOnlyList<string> LibraryFolders { get; init; } = [];

    /// <summary>Where rustc keeps what shows a Vec as a Vec; null where it came without.</summary>
    public string? Printers { get; init; }

    /// <summary>What debug info calls a folder of sources, and where that lies here.</summary>
    public IReadOnlyList<(string Written, string Here)> Sources { get; init; } = [];

    /// <summary>Where to stop first; null to go on at once.</summary>
    public DebugTarget? StopAt { get; init; }

    public IReadOnlyList<string> Breakpoints { get; init; } = [];

    public bool BreaksOnPanic { get; init; }

    /// <summary>A file with the user's own commands.</summary>
    public string? Commands { get; init; }

    /// <summary>Whether the other side can start the program again.</summary>
    public bool CanStartAgain { get; init; }

    /// <summary>It was running before: it stays where it stands.</summary>
    public bool IsAttached { get; init; }
}
