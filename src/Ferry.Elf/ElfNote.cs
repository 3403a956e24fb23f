namespace Ferry.Elf;

/// <summary>One note.</summary>
/// <param name="Name">Who defines the type, such as GNU.</param>
/// <param name="Type">n_type.</param>
/// <param name="Description">Its bytes; numbers among them are in the file's byte order.</param>
public sealed record ElfNote(string Name, uint Type, ReadOnlyMemory<byte> Description);
