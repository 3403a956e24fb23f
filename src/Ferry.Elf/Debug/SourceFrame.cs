namespace Ferry.Elf.Debug;

/// <summary>A place in the sources that an address is of.</summary>
/// <param name="Function">The function's name as linkers know it (mangled), or as the source has it; null when nothing says.</param>
/// <param name="File">The path of the source file when it was compiled, or null.</param>
/// <param name="Line">The line, from 1 on; 0 when nothing says.</param>
/// <param name="Column">The column, from 1 on; 0 when nothing says.</param>
/// <param name="IsInlined">Whether its code was put into the function of the next frame.</param>
public sealed record SourceFrame(string? Function, string? File, int Line, int Column, bool IsInlined);
