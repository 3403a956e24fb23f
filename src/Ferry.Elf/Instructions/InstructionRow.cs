namespace Ferry.Elf.Instructions;

/// <summary>A pattern of bits that ARMv6 does not know.</summary>
/// <param name="Mask">The bits that are looked at.</param>
/// <param name="Value">What they are.</param>
/// <param name="Name">The instruction, as assemblers write it.</param>
/// <param name="Need">What it needs.</param>
/// <param name="Any">Where not 0: one of these bits must be set besides (the fifth bits of d16 to d31).</param>
internal readonly record struct InstructionRow(uint Mask, uint Value, string Name, ArmNeed Need, uint Any = 0)
{
    public bool Holds(uint word) => (word & Mask) == Value && (Any == 0 || (word & Any) != 0);
}
