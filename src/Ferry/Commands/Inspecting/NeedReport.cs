namespace Ferry.Commands.Inspecting;

/// <summary>A feature that code needs of a processor, by the kernel's name for it.</summary>
/// <param name="Feature">"atomics", "neon"; "v7" and "v8" for a version of 32-bit ARM.</param>
/// <param name="Instruction">The first instruction that needs it.</param>
/// <param name="Function">The function that it is in.</param>
/// <param name="Address">Its address, as 0x….</param>
/// <param name="Count">How many such instructions there are.</param>
/// <param name="Chosen">Whether all of them are in functions that may be called after a look at the processor only.</param>
internal sealed record NeedReport(string Feature, string Instruction, string? Function, string Address, int Count, bool Chosen);
