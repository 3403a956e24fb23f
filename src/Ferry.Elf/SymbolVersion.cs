namespace Ferry.Elf;

/// <summary>What .gnu.version says of one dynamic symbol.</summary>
internal readonly record struct SymbolVersion(ushort Index, string? Name, bool IsHidden, bool IsDefinedHere);
