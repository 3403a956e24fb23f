namespace Ferry.Elf.Debug;

/// <summary>DWARF 5, 7.5.4: the attributes that are looked at here.</summary>
internal static class DwarfAttribute
{
    public const ulong Sibling = 0x01;
    public const ulong Name = 0x03;
    public const ulong LineProgram = 0x10;
    public const ulong LowPc = 0x11;
    public const ulong HighPc = 0x12;
    public const ulong Folder = 0x1b;
    public const ulong AbstractOrigin = 0x31;
    public const ulong Specification = 0x47;
    public const ulong Ranges = 0x55;
    public const ulong CallColumn = 0x57;
    public const ulong CallFile = 0x58;
    public const ulong CallLine = 0x59;
    public const ulong LinkageName = 0x6e;
    public const ulong StringOffsetsBase = 0x72;
    public const ulong AddressBase = 0x73;
    public const ulong RangeListsBase = 0x74;
    public const ulong MipsLinkageName = 0x2007;
}
