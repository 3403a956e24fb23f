namespace Ferry.Commands.Inspecting;

/// <summary>A note.</summary>
/// <param name="Name">Who defines the type.</param>
/// <param name="Type">Its number.</param>
/// <param name="Size">The bytes of its description.</param>
internal sealed record NoteReport(string Name, uint Type, int Size);
