namespace Ferry.Elf.Stubs;

/// <summary>One symbol of a stub library.</summary>
/// <param name="Name">Its name, without a version.</param>
/// <param name="Version">The version's name, such as GLIBC_2.34; null in a library without versions.</param>
/// <param name="IsDefault">Whether it is the one that a link without a version takes (name@@version); others are for links that name it.</param>
/// <param name="Type">What it names. GNU's indirect functions are functions for everybody else.</param>
/// <param name="Binding">Global, weak or unique.</param>
/// <param name="Visibility">Default or protected.</param>
/// <param name="Size">In bytes: a program that copies the object (R_*_COPY) reserves so many.</param>
/// <param name="Alignment">Of an object, in bytes, a power of two.</param>
/// <param name="Place">
/// Objects with the same number are one object with several names (environ, __environ): a program that copies one copies them all.
/// </param>
public readonly record struct StubSymbol(
    string Name,
    string? Version,
    bool IsDefault,
    ElfSymbolType Type,
    ElfSymbolBinding Binding,
    ElfSymbolVisibility Visibility,
    ulong Size,
    ulong Alignment,
    ulong Place)
{
    /// <summary>Whether it lies in the image of each thread.</summary>
    public bool IsThreadLocal => Type == ElfSymbolType.ThreadLocal;

    /// <summary>Whether it is code.</summary>
    public bool IsFunction => Type == ElfSymbolType.Function;

    /// <summary>As readelf and linkers write it.</summary>
    public override string ToString() => Version is null ? Name : Name + (IsDefault ? "@@" : "@") + Version;
}
