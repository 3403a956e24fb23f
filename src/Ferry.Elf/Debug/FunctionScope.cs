namespace Ferry.Elf.Debug;

/// <summary>A function, or a call that was inlined into one, in a stretch of addresses.</summary>
/// <param name="Range">Where.</param>
/// <param name="Entry">The entry that says so, by its offset in .debug_info.</param>
/// <param name="Depth">How deep it lies among others.</param>
/// <param name="Parent">The scope that it was inlined into, by its number; -1 for a function.</param>
/// <param name="CallFile">Of an inlined call: the number of the file.</param>
/// <param name="CallLine">And the line.</param>
/// <param name="CallColumn">And the column.</param>
internal readonly record struct FunctionScope(AddressRange Range, ulong Entry, int Depth, int Parent, int CallFile, int CallLine, int CallColumn);
