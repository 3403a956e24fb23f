namespace Ferry.Elf;

/// <summary>What kind of file it is (e_type).</summary>
public enum ElfType : ushort
{
    /// <summary>ET_NONE.</summary>
    None = 0,

    /// <summary>ET_REL: an object file.</summary>
    Relocatable = 1,

    /// <summary>ET_EXEC: a program at fixed addresses.</summary>
    Executable = 2,

    /// <summary>ET_DYN: a shared object, or a position-independent program (see <see cref="ElfDynamic.IsPie"/>).</summary>
    SharedObject = 3,

    /// <summary>ET_CORE: the memory of a process that died.</summary>
    Core = 4,
}
