namespace Ferry.Elf;

/// <summary>Writes what a <see cref="StripPlan"/> says.</summary>
internal static class StrippedFile
{
    /// <summary>The new file, or null if a symbol stands in the way.</summary>
    public static byte[]? Write(in ElfHeader header, ElfBytes file, StripPlan plan)
    {
        var output = new byte[plan.FileSize];
        file.Part(0, plan.UntouchedSize, "the loaded part").Span.CopyTo(output);
        foreach (var section in plan.Sections)
        {
            if (plan.Moves(section))
            {
                SectionTable.Content(file, section).Span.CopyTo(output.AsSpan((int)plan.Offset[section.Index]));
            }
        }

        var fields = new ElfFields(output, file.Wide, header.ByteOrder == ElfByteOrder.BigEndian);
        foreach (var section in plan.Sections)
        {
            if (section.Type == ElfSectionType.SymbolTable && !section.IsLoaded && !(plan.Moves(section) && RenumberSymbols(file, section, plan, fields)))
            {
                return null;
            }
        }

        WriteSectionHeaders(header, file, plan, fields);
        fields.Word(file.Wide ? 40 : 32, plan.HeadersOffset);
        fields.U16(header.Size - 4, (ushort)plan.Count);
        fields.U16(header.Size - 2, (ushort)plan.Number[header.SectionNames]);
        return output;
    }

    private static void WriteSectionHeaders(in ElfHeader header, ElfBytes file, StripPlan plan, ElfFields fields)
    {
        var size = SectionTable.EntrySize(header, file);
        var table = file.Table(header.SectionsOffset, (ulong)plan.Sections.Length, size, "the section header table");
        foreach (var section in plan.Sections)
        {
            var number = plan.Number[section.Index];
            if (number == StripPlan.Gone || plan.Emptied[section.Index])
            {
                continue;
            }

            var at = (int)(plan.HeadersOffset + ((ulong)number * size));
            fields.Bytes(at, table.Part((ulong)section.Index * size, size, "a section header").Span);
            fields.Word(at + (file.Wide ? 24 : 16), plan.Offset[section.Index]);
            fields.U32(at + (file.Wide ? 40 : 24), Renumbered(section.Link, plan));
            // gABI: the relocated section, and whatever else the flag says to be one.
            var infoIsSection = section.Type is ElfSectionType.Rel or ElfSectionType.Rela || (section.Flags & ElfSectionFlags.InfoLink) != 0;
            fields.U32(at + (file.Wide ? 44 : 28), infoIsSection ? Renumbered(section.Info, plan) : section.Info);
        }
    }

    private static uint Renumbered(uint index, StripPlan plan)
    {
        if (index >= plan.Number.Length)
        {
            return index;
        }

        return plan.Number[index] == StripPlan.Gone || plan.Emptied[index] ? 0 : (uint)plan.Number[index];
    }

    /// <summary>
    /// Symbols of sections that go (local ones: section symbols) become empty entries, so that all others keep their number.
    /// </summary>
    private static bool RenumberSymbols(ElfBytes file, ElfSection section, StripPlan plan, ElfFields fields)
    {
        const string What = "the symbol table";
        var table = SectionTable.Content(file, section);
        var size = SymbolTable.EntrySize(file.Wide);
        ulong infoAt = file.Wide ? 4u : 12u, indexAt = file.Wide ? 6u : 14u;
        for (ulong at = 0; at + size <= table.Length; at += size)
        {
            var index = table.U16(at + indexAt, What);
            if (index == SectionTable.ExtendedIndex)
            {
                return false;
            }

            if (index >= SectionTable.FirstReservedIndex || index >= plan.Number.Length)
            {
                continue;
            }

            var output = (int)(plan.Offset[section.Index] + at);
            if (plan.Number[index] != StripPlan.Gone && !plan.Emptied[index])
            {
                fields.U16(output + (int)indexAt, (ushort)plan.Number[index]);
            }
            else if (table.U8(at + infoAt, What) >> 4 == (int)ElfSymbolBinding.Local)
            {
                fields.Clear(output, (int)size);
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
