namespace Ferry.Elf.Debug;

/// <summary>DWARF 5, 6.2.2: from this address on the code is of that line. The end of a sequence is of none.</summary>
internal readonly record struct LineRow(ulong Address, int File, int Line, int Column, bool IsEnd);
