namespace Ferry.Commands.Inspecting;

/// <summary>A section.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="InFile">Whether they are in the file; those of .bss are not.</param>
/// <param name="Loaded">Whether they are in memory when the program runs.</param>
internal sealed record SectionReport(string Name, ulong Size, bool InFile, bool Loaded);
