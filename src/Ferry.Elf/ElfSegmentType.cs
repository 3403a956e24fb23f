namespace Ferry.Elf;

/// <summary>What a segment is for (p_type). Others than these come through as their number.</summary>
public enum ElfSegmentType : uint
{
    /// <summary>PT_NULL.</summary>
    Null = 0,

    /// <summary>PT_LOAD: mapped into memory.</summary>
    Load = 1,

    /// <summary>PT_DYNAMIC: what the loader reads.</summary>
    Dynamic = 2,

    /// <summary>PT_INTERP: the loader's path.</summary>
    Interpreter = 3,

    /// <summary>PT_NOTE.</summary>
    Note = 4,

    /// <summary>PT_PHDR: the program headers themselves.</summary>
    ProgramHeaders = 6,

    /// <summary>PT_TLS: the initial image of thread-local variables.</summary>
    ThreadLocal = 7,

    /// <summary>PT_GNU_EH_FRAME.</summary>
    GnuEhFrame = 0x6474e550,

    /// <summary>PT_GNU_STACK: its flags are those of the stack.</summary>
    GnuStack = 0x6474e551,

    /// <summary>PT_GNU_RELRO: read-only once relocated.</summary>
    GnuRelRo = 0x6474e552,

    /// <summary>PT_GNU_PROPERTY.</summary>
    GnuProperty = 0x6474e553,

    /// <summary>PT_ARM_EXIDX: tables for unwinding, on 32-bit ARM.</summary>
    ArmExceptionIndex = 0x70000001,
}
