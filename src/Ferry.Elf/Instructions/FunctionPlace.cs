namespace Ferry.Elf.Instructions;

/// <summary>A function in its section.</summary>
/// <param name="Section">The number of the section.</param>
/// <param name="Start">Its first byte, counted from the start of the section.</param>
/// <param name="End">Where the next one begins.</param>
/// <param name="Name">As the symbol table names it.</param>
internal sealed record FunctionPlace(int Section, long Start, long End, string Name);
