namespace Ferry.Elf;

/// <summary>
/// The bytes are not a well-formed ELF file. The only exception that reading or stripping one ends in,
/// whatever the bytes are.
/// </summary>
public sealed class ElfFormatException(long offset, string what) : Exception($"{what} (at offset 0x{offset:x})")
{
    /// <summary>Where in the file, in bytes from its start, the thing lies that could not be read.</summary>
    public long Offset { get; } = offset;

    /// <summary>What is wrong there: lower case, no full stop.</summary>
    public string What { get; } = what;
}
