namespace Ferry.Elf.Inspection;

/// <summary>A function and how large it is.</summary>
/// <param name="Symbol">Its name as the symbol table has it.</param>
/// <param name="Size">Its bytes of code.</param>
public readonly record struct FunctionSize(string Symbol, ulong Size);
