namespace Ferry.Elf;

/// <summary>One entry of the dynamic section, as it is in the file.</summary>
/// <param name="Tag">d_tag, such as DT_NEEDED (1).</param>
/// <param name="Value">d_val or d_ptr.</param>
public readonly record struct ElfDynamicEntry(long Tag, ulong Value);
