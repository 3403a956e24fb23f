namespace Ferry.Elf;

/// <summary>The byte order of every number in the file (EI_DATA).</summary>
public enum ElfByteOrder : byte
{
    /// <summary>ELFDATA2LSB.</summary>
    LittleEndian = 1,

    /// <summary>ELFDATA2MSB.</summary>
    BigEndian = 2,
}
