namespace Ferry.Elf;

/// <summary>What a symbol names (the low half of st_info).</summary>
public enum ElfSymbolType : byte
{
    /// <summary>STT_NOTYPE.</summary>
    None = 0,

    /// <summary>STT_OBJECT: a variable.</summary>
    Object = 1,

    /// <summary>STT_FUNC.</summary>
    Function = 2,

    /// <summary>STT_SECTION.</summary>
    Section = 3,

    /// <summary>STT_FILE.</summary>
    File = 4,

    /// <summary>STT_COMMON.</summary>
    Common = 5,

    /// <summary>STT_TLS: a thread-local variable.</summary>
    ThreadLocal = 6,

    /// <summary>STT_GNU_IFUNC: a function that is chosen at load time.</summary>
    GnuIndirectFunction = 10,
}
