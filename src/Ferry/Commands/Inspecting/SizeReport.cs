namespace Ferry.Commands.Inspecting;

/// <summary>The code of a crate.</summary>
/// <param name="Name">The crate; null for what is not Rust.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Functions">How many functions that are.</param>
internal sealed record SizeReport(string? Name, ulong Size, int Functions);
