namespace Ferry.Elf;

/// <summary>The symbol versions that the file wants of one library (an Elf_Verneed).</summary>
/// <param name="File">The library, as in <see cref="ElfDynamic.Needed"/>.</param>
/// <param name="Versions">What is wanted of it, in the file's order.</param>
public sealed record ElfVersionNeed(string File, IReadOnlyList<ElfNeededVersion> Versions);
