namespace Ferry.Elf.Instructions;

/// <summary>A part of an executable section that is of one kind.</summary>
/// <param name="Section">The section.</param>
/// <param name="Start">Its first byte, counted from the start of the section.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="State">What it is.</param>
internal readonly record struct CodeRegion(ElfSection Section, int Start, int End, CodeState State);
