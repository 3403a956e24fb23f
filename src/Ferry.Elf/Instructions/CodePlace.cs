namespace Ferry.Elf.Instructions;

/// <summary>The instructions of one function that need one feature.</summary>
internal sealed class CodePlace(string feature, string instruction, ElfSection section, long offset, FunctionPlace? function)
{
    public string Feature { get; } = feature;

    /// <summary>The first of them.</summary>
    public string Instruction { get; } = instruction;

    public ElfSection Section { get; } = section;

    /// <summary>Of the first one, from the start of the section.</summary>
    public long Offset { get; } = offset;

    public FunctionPlace? Function { get; } = function;

    public int Count { get; set; }

    public ulong Address => Section.Address + (ulong)Offset;
}
