namespace Ferry.Commands.Inspecting;

/// <summary>What the kernel and the loader may protect.</summary>
/// <param name="ExecutableStack">Null when the file does not say.</param>
/// <param name="Relro">none, partial or full.</param>
/// <param name="WritableCode">Whether a segment is writable and executable.</param>
internal sealed record ProtectionReport(bool? ExecutableStack, string Relro, bool WritableCode);
