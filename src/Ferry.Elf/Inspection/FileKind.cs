namespace Ferry.Elf.Inspection;

/// <summary>What a file is to people, which e_type alone does not say: programs and shared libraries both are ET_DYN.</summary>
public enum FileKind
{
    /// <summary>Something that a kernel can start.</summary>
    Program,

    /// <summary>A shared library, or a plugin.</summary>
    SharedLibrary,

    /// <summary>An object, made by a compiler for a linker; also a kernel module.</summary>
    Object,

    /// <summary>The memory of a process that died.</summary>
    Core,

    /// <summary>The debug information of another file, which was stripped of it: its sections of code have no bytes.</summary>
    DebugFile,

    /// <summary>None of these; the file's type is not one of the gABI's.</summary>
    Other,
}
