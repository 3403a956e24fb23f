namespace Ferry.Commands.Inspecting;

/// <summary>A function, or all forms of a generic one.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Crate">Null for what is not Rust.</param>
/// <param name="Size">In bytes, all forms together.</param>
/// <param name="Forms">How many forms.</param>
internal sealed record FunctionReport(string Name, string? Crate, ulong Size, int Forms);
