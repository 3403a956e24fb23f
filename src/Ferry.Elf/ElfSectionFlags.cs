namespace Ferry.Elf;

/// <summary>Properties of a section (sh_flags).</summary>
[Flags]
public enum ElfSectionFlags : ulong
{
    /// <summary>SHF_WRITE.</summary>
    Write = 1,

    /// <summary>SHF_ALLOC: in memory when the program runs.</summary>
    Alloc = 2,

    /// <summary>SHF_EXECINSTR.</summary>
    Execute = 4,

    /// <summary>SHF_MERGE.</summary>
    Merge = 0x10,

    /// <summary>SHF_STRINGS.</summary>
    Strings = 0x20,

    /// <summary>SHF_INFO_LINK: sh_info is a section's index.</summary>
    InfoLink = 0x40,

    /// <summary>SHF_LINK_ORDER.</summary>
    LinkOrder = 0x80,

    /// <summary>SHF_GROUP: member of a group.</summary>
    Group = 0x200,

    /// <summary>SHF_TLS: thread-local.</summary>
    ThreadLocal = 0x400,

    /// <summary>SHF_COMPRESSED.</summary>
    Compressed = 0x800,
}
