namespace Ferry.Elf.Instructions;

/// <summary>A pattern of bits that not every AArch64 processor knows.</summary>
/// <param name="Mask">The bits that are looked at.</param>
/// <param name="Value">What they are.</param>
/// <param name="Name">The instruction, as assemblers write it.</param>
/// <param name="Feature">What it needs, as the kernel names it in /proc/cpuinfo and AT_HWCAP; null: every processor has it.</param>
internal readonly record struct A64Row(uint Mask, uint Value, string Name, string? Feature)
{
    public bool Holds(uint word) => (word & Mask) == Value;
}
