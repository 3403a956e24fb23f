namespace Ferry.Elf.Instructions;

/// <summary>An instruction that ARMv6 does not know.</summary>
/// <param name="Section">Where it lies.</param>
/// <param name="Offset">Its first byte, counted from the start of the section.</param>
/// <param name="Name">What it is.</param>
/// <param name="Need">What a processor must have to take it.</param>
/// <param name="Function">The function that it belongs to, as the symbol table names it, or null.</param>
public sealed record NewerInstruction(ElfSection Section, ulong Offset, string Name, ArmNeed Need, string? Function)
{
    /// <summary>Its address in the running program; in objects the offset.</summary>
    public ulong Address => Section.Address + Offset;
}
