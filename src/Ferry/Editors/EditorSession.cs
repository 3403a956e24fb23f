namespace Ferry.Editors;

/// <summary>One way to debug that an editor offers.</summary>
/// <param name="Title">As in its menu: debug hello.</param>
/// <param name="Words">What ferry debug is told besides the port.</param>
/// <param name="Port">Where it serves.</param>
/// <param name="IsAttached">Whether the program runs already, and goes on afterwards.</param>
internal sealed record EditorSession(string Title, IReadOnlyList<string> Words, int Port, bool IsAttached)
{
    /// <summary>Of what belongs to Ferry among the user's own.</summary>
    private const string Prefix = "ferry: ";

    public string Task => Prefix + "serve to " + Title;

    public string Name(EditorDebugger debugger) => $"{Prefix}{Title} ({debugger.Title})";

    /// <summary>Two for each program, and one for the test at the cursor. Each program has a port of its own, and so have tests: two may be debugged at once.</summary>
    public static IReadOnlyList<EditorSession> Of(IReadOnlyList<EditorProgram> programs, int firstPort) =>
    [
        .. programs.SelectMany((program, at) => new EditorSession[]
        {
            new($"debug {program.Name}", [.. program.Words, "--bin", program.Name], firstPort + at, IsAttached: false),
            new($"attach to {program.Name}", [.. program.Words, "--bin", program.Name, "--attach", program.Name], firstPort + at, IsAttached: true),
        }),
        new("debug the test at the cursor", ["--test", "${relativeFile}:${lineNumber}"], firstPort + programs.Count, IsAttached: false),
    ];
}
