namespace Ferry.Elf;

/// <summary>EI_OSABI. Linux programs say <see cref="SystemV"/>, or <see cref="Gnu"/> when they use GNU extensions such as indirect functions.</summary>
public enum ElfOsAbi : byte
{
    /// <summary>ELFOSABI_NONE: no extensions.</summary>
    SystemV = 0,

    /// <summary>ELFOSABI_GNU, also known as ELFOSABI_LINUX.</summary>
    Gnu = 3,

    /// <summary>ELFOSABI_FREEBSD.</summary>
    FreeBsd = 9,

    /// <summary>ELFOSABI_OPENBSD.</summary>
    OpenBsd = 12,

    /// <summary>ELFOSABI_ARM: the old ARM ABI.</summary>
    Arm = 97,

    /// <summary>ELFOSABI_STANDALONE: no operating system.</summary>
    Standalone = 255,
}
