namespace Ferry.Debugging;

/// <summary>Whose commands a debugger understands.</summary>
internal enum DebuggerKind
{
    Gdb,
    Lldb,
}
