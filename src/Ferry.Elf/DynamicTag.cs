namespace Ferry.Elf;

/// <summary>Values of d_tag that are read here (gABI chapter 5, GNU extensions, the MIPS supplement).</summary>
internal static class DynamicTag
{
    public const long Null = 0;
    public const long Needed = 1;
    public const long PltRelSize = 2;
    public const long Hash = 4;
    public const long StringTable = 5;
    public const long SymbolTable = 6;
    public const long Rela = 7;
    public const long RelaSize = 8;
    public const long StringTableSize = 10;
    public const long SymbolSize = 11;
    public const long SoName = 14;
    public const long RPath = 15;
    public const long Rel = 17;
    public const long RelSize = 18;
    public const long PltRelType = 20;
    public const long JumpRel = 23;
    public const long BindNow = 24;
    public const long RunPath = 29;
    public const long Flags = 30;
    public const long GnuHash = 0x6ffffef5;
    public const long SymbolVersions = 0x6ffffff0;
    public const long Flags1 = 0x6ffffffb;
    public const long VersionDefinitions = 0x6ffffffc;
    public const long VersionDefinitionCount = 0x6ffffffd;
    public const long VersionNeeds = 0x6ffffffe;
    public const long VersionNeedCount = 0x6fffffff;
    public const long MipsSymbolCount = 0x70000011;
}
