namespace Ferry.Elf.Instructions;

/// <summary>A feature that the machine code of a file needs of a processor, and where.</summary>
/// <param name="Feature">
/// As the kernel names it in AT_HWCAP and /proc/cpuinfo for that width: "atomics", "aes", "neon", "vfpv4", "idiva" …; and "v7" and "v8", the architecture's
/// version, for what 32-bit ARM has no such name.
/// </param>
/// <param name="Instruction">The first instruction that needs it.</param>
/// <param name="Function">The function that it is in, as the symbol table names it; null where there is no such table.</param>
/// <param name="Address">Its address; in objects the offset in its section.</param>
/// <param name="Count">How many such instructions there are.</param>
/// <param name="MayBeChosen">
/// Whether all of them are in functions that may be called after a look at the processor only: the same library, or who calls them, asks for the processor's features.
/// </param>
public sealed record CodeNeed(string Feature, string Instruction, string? Function, ulong Address, int Count, bool MayBeChosen);
