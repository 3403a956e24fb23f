namespace Ferry.Debugging;

/// <summary>A program that waits for its debugger.</summary>
/// <param name="Say">Hears what the debugger says; may throw <see cref="FerryException"/> when the connection is lost.</param>
/// <param name="DebuggerHasGone">Called when it says nothing any more.</param>
internal sealed record ServedProgram(Action<ReadOnlyMemory<byte>> Say, Action DebuggerHasGone);
