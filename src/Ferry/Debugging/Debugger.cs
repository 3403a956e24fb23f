namespace Ferry.Debugging;

/// <summary>A debugger of this PC that can debug what is to be debugged.</summary>
/// <param name="Kind">Whose commands it understands.</param>
/// <param name="Path">The program.</param>
/// <param name="Version">Its major version; 0 when it does not say.</param>
internal sealed record Debugger(DebuggerKind Kind, string Path, int Version);
