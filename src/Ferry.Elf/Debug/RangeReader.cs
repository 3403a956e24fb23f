namespace Ferry.Elf.Debug;

/// <summary>The addresses that an entry covers: DWARF 4, 2.17 (.debug_ranges), and DWARF 5, 7.25 (.debug_rnglists).</summary>
internal static class RangeReader
{
    /// <summary>No unit of any program has more; lists that share their bytes could go on and on.</summary>
    private const int Most = 1 << 20;

    public static IReadOnlyList<AddressRange> Of(DwarfEntry entry, DwarfUnit unit, DebugSections sections)
    {
        if (entry.Ranges.Kind != DwarfValueKind.None)
        {
            return unit.Format.Version >= 5 ? List(entry.Ranges, unit, sections) : Pairs(entry.Ranges.Number, unit, sections);
        }

        if (unit.Address(entry.LowPc) is not { } low || entry.HighPc.Kind == DwarfValueKind.None)
        {
            return [];
        }

        // A constant is a length (DWARF 4, 2.17.2).
        var high = entry.HighPc.Kind == DwarfValueKind.Constant ? low + entry.HighPc.Number : unit.Address(entry.HighPc) ?? low;
        return high > low ? [new AddressRange(low, high)] : [];
    }

    private static List<AddressRange> Pairs(ulong offset, DwarfUnit unit, DebugSections sections)
    {
        var found = new List<AddressRange>();
        var size = unit.Format.AddressSize;
        var selection = size == 8 ? ulong.MaxValue : uint.MaxValue;
        var start = unit.LowPc;
        for (var cursor = sections.At(sections.Ranges, offset); ;)
        {
            var (from, to) = (cursor.Number(size), cursor.Number(size));
            if (from == 0 && to == 0)
            {
                return found;
            }

            if (from == selection)
            {
                start = to;
                continue;
            }

            Add(found, start + from, start + to, cursor);
        }
    }

    private static List<AddressRange> List(DwarfValue list, DwarfUnit unit, DebugSections sections)
    {
        var offset = list.Number;
        if (list.Kind == DwarfValueKind.ListIndex)
        {
            var wide = unit.Format.Wide;
            var at = offset < uint.MaxValue && unit.RangeListsBase < uint.MaxValue ? unit.RangeListsBase + (offset * (wide ? 8ul : 4)) : ulong.MaxValue;
            offset = unit.RangeListsBase + sections.At(sections.RangeLists, at).Offset(wide);
        }

        var found = new List<AddressRange>();
        var start = unit.LowPc;
        for (var cursor = sections.At(sections.RangeLists, offset); ;)
        {
            var size = unit.Format.AddressSize;
            ulong from;
            switch (cursor.U8())
            {
                case 0:
                    return found;
                case 1:
                    start = unit.AddressAt(cursor.Uleb());
                    break;
                case 2:
                    from = unit.AddressAt(cursor.Uleb());
                    Add(found, from, unit.AddressAt(cursor.Uleb()), cursor);
                    break;
                case 3:
                    from = unit.AddressAt(cursor.Uleb());
                    Add(found, from, from + cursor.Uleb(), cursor);
                    break;
                case 4:
                    from = cursor.Uleb();
                    Add(found, start + from, start + cursor.Uleb(), cursor);
                    break;
                case 5:
                    start = cursor.Number(size);
                    break;
                case 6:
                    from = cursor.Number(size);
                    Add(found, from, cursor.Number(size), cursor);
                    break;
                case 7:
                    from = cursor.Number(size);
                    Add(found, from, from + cursor.Uleb(), cursor);
                    break;
                default:
                    throw cursor.Error("a list of ranges holds what is not known");
            }
        }
    }

    private static void Add(List<AddressRange> found, ulong from, ulong to, DwarfCursor cursor)
    {
        if (found.Count >= Most)
        {
            throw cursor.Error("a list of ranges is too long");
        }

        // What the linker removed begins at 0.
        if (to > from && from != 0)
        {
            found.Add(new AddressRange(from, to));
        }
    }
}
