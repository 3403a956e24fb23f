namespace Ferry.Elf.Debug;

/// <summary>What the number of a <see cref="DwarfValue"/> is.</summary>
internal enum DwarfValueKind : byte
{
    None,
    Constant,
    Address,

    /// <summary>Into .debug_addr.</summary>
    AddressIndex,

    /// <summary>An offset in .debug_info (or the section that is read), where the text itself stands.</summary>
    TextHere,

    /// <summary>An offset in .debug_str.</summary>
    Text,

    /// <summary>An offset in .debug_line_str.</summary>
    LineText,

    /// <summary>Into .debug_str_offsets.</summary>
    TextIndex,

    /// <summary>An entry, by its offset in .debug_info.</summary>
    Reference,

    /// <summary>Into .debug_rnglists' table of offsets.</summary>
    ListIndex,
}
