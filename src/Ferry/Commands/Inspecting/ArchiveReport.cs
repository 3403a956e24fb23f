namespace Ferry.Commands.Inspecting;

/// <summary>What is in an archive.</summary>
/// <param name="Thin">Whether it only names its members.</param>
/// <param name="Members">In their order.</param>
internal sealed record ArchiveReport(bool Thin, IReadOnlyList<MemberReport> Members);
