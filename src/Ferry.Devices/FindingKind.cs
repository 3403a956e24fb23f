namespace Ferry.Devices;

/// <summary>A kind of finding: a row of docs/reference/findings.md.</summary>
/// <param name="Id">Stable, for scripts.</param>
/// <param name="Severity">How bad it is; some findings are milder when less is certain.</param>
/// <param name="What">What was seen, as a sentence.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record FindingKind(string Id, Severity Severity, string What, string Remedy)
{
    internal Finding Of(string message, string? cause = null, string? help = null) =>
        new() { Id = Id, Severity = Severity, Message = message, Cause = cause, Help = help };
}
