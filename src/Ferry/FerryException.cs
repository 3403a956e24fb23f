namespace Ferry;

/// <summary>
/// Something that was foreseen and that the user can mend. Printed as rustc would: lower case, no full stop;
/// <c>error:</c> what failed, <c>cause:</c> the other tool's own words, <c>help:</c> a command to type.
/// Caught once, in Program.
/// </summary>
internal sealed class FerryException(string message, string? cause = null, string? help = null, int exit = ExitCode.Failed)
    : Exception(message)
{
    public string? Cause { get; } = cause;

    public string? Help { get; } = help;

    public int Exit { get; } = exit;
}
