namespace Ferry.Commands.Inspecting;

/// <summary>Debug information.</summary>
/// <param name="Size">Its bytes in the file; 0 when there is none.</param>
/// <param name="Dwarf">The version of the first unit.</param>
/// <param name="Lines">Whether addresses can be told as lines of sources.</param>
/// <param name="Compressed">Whether it is compressed.</param>
/// <param name="Elsewhere">The file that holds what was stripped from this one.</param>
internal sealed record DebugReport(ulong Size, int? Dwarf, bool Lines, bool Compressed, string? Elsewhere);
