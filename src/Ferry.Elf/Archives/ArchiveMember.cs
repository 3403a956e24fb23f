namespace Ferry.Elf.Archives;

/// <summary>One file of an archive.</summary>
/// <param name="Name">Its name, without a folder; in a thin archive its path, as seen from the archive's folder.</param>
/// <param name="Content">Its bytes, not copied; none in a thin archive.</param>
public sealed record ArchiveMember(string Name, ReadOnlyMemory<byte> Content);
