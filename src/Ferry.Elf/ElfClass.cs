namespace Ferry.Elf;

/// <summary>The width of addresses and offsets in the file (EI_CLASS).</summary>
public enum ElfClass : byte
{
    /// <summary>ELFCLASS32.</summary>
    Elf32 = 1,

    /// <summary>ELFCLASS64.</summary>
    Elf64 = 2,
}
