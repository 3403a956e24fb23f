namespace Ferry.Elf;

/// <summary>What a segment's memory may be used for (p_flags).</summary>
[Flags]
public enum ElfSegmentFlags : uint
{
    /// <summary>PF_X.</summary>
    Execute = 1,

    /// <summary>PF_W.</summary>
    Write = 2,

    /// <summary>PF_R.</summary>
    Read = 4,
}
