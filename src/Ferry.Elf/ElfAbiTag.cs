namespace Ferry.Elf;

/// <summary>NT_GNU_ABI_TAG: the oldest kernel that the file runs on.</summary>
/// <param name="Os">0 is Linux.</param>
/// <param name="Kernel">The kernel's version.</param>
public sealed record ElfAbiTag(uint Os, Version Kernel);
