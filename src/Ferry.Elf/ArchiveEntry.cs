namespace Ferry.Elf;

/// <summary>A member that goes into an archive.</summary>
/// <param name="Name">A file name without folders.</param>
/// <param name="Content">Its bytes, usually an object's.</param>
public sealed record ArchiveEntry(string Name, ReadOnlyMemory<byte> Content);
