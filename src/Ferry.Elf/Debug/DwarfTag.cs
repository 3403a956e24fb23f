namespace Ferry.Elf.Debug;

/// <summary>DWARF 5, 7.5.3: the entries that are looked at here.</summary>
internal static class DwarfTag
{
    public const ulong CompileUnit = 0x11;
    public const ulong InlinedSubroutine = 0x1d;
    public const ulong Subprogram = 0x2e;
    public const ulong PartialUnit = 0x3c;
    public const ulong SkeletonUnit = 0x4a;
}
