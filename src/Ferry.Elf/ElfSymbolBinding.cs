namespace Ferry.Elf;

/// <summary>How a symbol meets others of its name (the high half of st_info).</summary>
public enum ElfSymbolBinding : byte
{
    /// <summary>STB_LOCAL.</summary>
    Local = 0,

    /// <summary>STB_GLOBAL.</summary>
    Global = 1,

    /// <summary>STB_WEAK: may stay undefined.</summary>
    Weak = 2,

    /// <summary>STB_GNU_UNIQUE.</summary>
    GnuUnique = 10,
}
