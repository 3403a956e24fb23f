namespace Ferry.Elf.Cores;

/// <summary>A function that was running when a thread was stopped.</summary>
/// <param name="Address">Where it was: the instruction itself of the innermost one, else the address that it is returned to.</param>
/// <param name="IsReturn">Whether it is an address of return, so that the call stands before it.</param>
public sealed record StackFrame(ulong Address, bool IsReturn)
{
    /// <summary>An address within the instruction that was running: a call may be a function's last one.</summary>
    public ulong Within => IsReturn ? Address - 1 : Address;
}
