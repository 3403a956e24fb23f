namespace Ferry.Processes;

/// <summary>A terminal's size in letters.</summary>
internal readonly record struct TerminalSize(ushort Rows, ushort Columns);
