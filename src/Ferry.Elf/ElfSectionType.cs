namespace Ferry.Elf;

/// <summary>What a section holds (sh_type). Others than these come through as their number.</summary>
public enum ElfSectionType : uint
{
    /// <summary>SHT_NULL: an unused header.</summary>
    Null = 0,

    /// <summary>SHT_PROGBITS: what only the program knows.</summary>
    ProgramBits = 1,

    /// <summary>SHT_SYMTAB: all symbols.</summary>
    SymbolTable = 2,

    /// <summary>SHT_STRTAB.</summary>
    StringTable = 3,

    /// <summary>SHT_RELA: relocations with addends.</summary>
    Rela = 4,

    /// <summary>SHT_HASH.</summary>
    Hash = 5,

    /// <summary>SHT_DYNAMIC.</summary>
    Dynamic = 6,

    /// <summary>SHT_NOTE.</summary>
    Note = 7,

    /// <summary>SHT_NOBITS: no bytes in the file.</summary>
    NoBits = 8,

    /// <summary>SHT_REL: relocations without addends.</summary>
    Rel = 9,

    /// <summary>SHT_DYNSYM: the symbols that the loader sees.</summary>
    DynamicSymbols = 11,

    /// <summary>SHT_INIT_ARRAY.</summary>
    InitArray = 14,

    /// <summary>SHT_FINI_ARRAY.</summary>
    FiniArray = 15,

    /// <summary>SHT_PREINIT_ARRAY.</summary>
    PreInitArray = 16,

    /// <summary>SHT_GROUP: sections that are kept or dropped together.</summary>
    Group = 17,

    /// <summary>SHT_SYMTAB_SHNDX: section indices too large for a symbol.</summary>
    SymbolSectionIndices = 18,

    /// <summary>SHT_RELR: packed relative relocations.</summary>
    Relr = 19,

    /// <summary>SHT_GNU_ATTRIBUTES.</summary>
    GnuAttributes = 0x6ffffff5,

    /// <summary>SHT_GNU_HASH.</summary>
    GnuHash = 0x6ffffff6,

    /// <summary>SHT_GNU_verdef: versions defined here.</summary>
    VersionDefinitions = 0x6ffffffd,

    /// <summary>SHT_GNU_verneed: versions wanted of others.</summary>
    VersionNeeds = 0x6ffffffe,

    /// <summary>SHT_GNU_versym: each dynamic symbol's version.</summary>
    SymbolVersions = 0x6fffffff,

    /// <summary>SHT_ARM_EXIDX on 32-bit ARM, SHT_X86_64_UNWIND on x86-64.</summary>
    ArmExceptionIndex = 0x70000001,

    /// <summary>SHT_ARM_ATTRIBUTES.</summary>
    ArmAttributes = 0x70000003,
}
