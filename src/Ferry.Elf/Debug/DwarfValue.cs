namespace Ferry.Elf.Debug;

/// <summary>An attribute's value: a number, and what it is.</summary>
internal readonly record struct DwarfValue(DwarfValueKind Kind, ulong Number);
