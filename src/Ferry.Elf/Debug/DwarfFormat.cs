namespace Ferry.Elf.Debug;

/// <summary>What the size of values depends on: a unit's version, format, width of addresses, and where it begins.</summary>
internal readonly record struct DwarfFormat(int Version, bool Wide, int AddressSize, ulong UnitOffset)
{
    /// <summary>DWARF 5, 7.5.6: reads a value of a form, or skips it where nobody here asks for its kind.</summary>
    public DwarfValue Read(ref DwarfCursor cursor, ulong form, long constant)
    {
        // An indirect form that names itself could go on for ever.
        for (var depth = 0; form == 0x16 && depth < 4; depth++)
        {
            form = cursor.Uleb();
        }

        return form switch
        {
            0x01 => new DwarfValue(DwarfValueKind.Address, cursor.Number(AddressSize)),
            0x03 => Skip(ref cursor, cursor.U16()),
            0x04 => Skip(ref cursor, cursor.U32()),
            0x05 => new DwarfValue(DwarfValueKind.Constant, cursor.U16()),
            0x06 => new DwarfValue(DwarfValueKind.Constant, cursor.U32()),
            0x07 => new DwarfValue(DwarfValueKind.Constant, cursor.U64()),
            0x08 => Here(ref cursor),
            0x09 or 0x18 => Skip(ref cursor, cursor.Uleb()),
            0x0a => Skip(ref cursor, cursor.U8()),
            0x0b or 0x0c => new DwarfValue(DwarfValueKind.Constant, cursor.U8()),
            0x0d => new DwarfValue(DwarfValueKind.Constant, (ulong)cursor.Sleb()),
            0x0e => new DwarfValue(DwarfValueKind.Text, cursor.Offset(Wide)),
            0x0f => new DwarfValue(DwarfValueKind.Constant, cursor.Uleb()),
            0x10 => new DwarfValue(DwarfValueKind.Reference, Version == 2 ? cursor.Number(AddressSize) : cursor.Offset(Wide)),
            0x11 => new DwarfValue(DwarfValueKind.Reference, UnitOffset + cursor.U8()),
            0x12 => new DwarfValue(DwarfValueKind.Reference, UnitOffset + cursor.U16()),
            0x13 => new DwarfValue(DwarfValueKind.Reference, UnitOffset + cursor.U32()),
            0x14 => new DwarfValue(DwarfValueKind.Reference, UnitOffset + cursor.U64()),
            0x15 => new DwarfValue(DwarfValueKind.Reference, UnitOffset + cursor.Uleb()),
            0x17 => new DwarfValue(DwarfValueKind.Constant, cursor.Offset(Wide)),
            0x19 => new DwarfValue(DwarfValueKind.Constant, 1),
            0x1a or 0x1f02 => new DwarfValue(DwarfValueKind.TextIndex, cursor.Uleb()),
            0x1b or 0x1f01 => new DwarfValue(DwarfValueKind.AddressIndex, cursor.Uleb()),
            0x1c => Skip(ref cursor, 4),
            0x1e => Skip(ref cursor, 16),
            0x1f => new DwarfValue(DwarfValueKind.LineText, cursor.Offset(Wide)),
            0x20 or 0x24 => Skip(ref cursor, 8),
            0x21 => new DwarfValue(DwarfValueKind.Constant, (ulong)constant),
            0x22 => Skip(ref cursor, cursor.Uleb() & 0),
            0x23 => new DwarfValue(DwarfValueKind.ListIndex, cursor.Uleb()),
            0x25 => new DwarfValue(DwarfValueKind.TextIndex, cursor.U8()),
            0x26 => new DwarfValue(DwarfValueKind.TextIndex, cursor.U16()),
            0x27 => new DwarfValue(DwarfValueKind.TextIndex, cursor.U24()),
            0x28 => new DwarfValue(DwarfValueKind.TextIndex, cursor.U32()),
            0x29 => new DwarfValue(DwarfValueKind.AddressIndex, cursor.U8()),
            0x2a => new DwarfValue(DwarfValueKind.AddressIndex, cursor.U16()),
            0x2b => new DwarfValue(DwarfValueKind.AddressIndex, cursor.U24()),
            0x2c => new DwarfValue(DwarfValueKind.AddressIndex, cursor.U32()),
            _ => throw cursor.Error($"a value of form 0x{form:x} is not known"),
        };
    }

    private static DwarfValue Skip(ref DwarfCursor cursor, ulong count)
    {
        _ = cursor.Take(count);
        return default;
    }

    private static DwarfValue Here(ref DwarfCursor cursor)
    {
        var value = new DwarfValue(DwarfValueKind.TextHere, cursor.At);
        _ = cursor.Text();
        return value;
    }
}
