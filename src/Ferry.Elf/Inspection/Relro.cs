namespace Ferry.Elf.Inspection;

/// <summary>Whether what the loader writes once (addresses of functions and data) is read-only from then on.</summary>
public enum Relro
{
    /// <summary>It stays writable.</summary>
    None,

    /// <summary>Data is; the addresses of functions are filled in at the first call, and stay writable.</summary>
    Partial,

    /// <summary>All of it is.</summary>
    Full,
}
