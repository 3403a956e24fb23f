using System.Text;

namespace Ferry.Elf;

/// <summary>Reads notes (gABI chapter 5): name and description, each padded.</summary>
internal static class NoteTable
{
    private const string What = "a note";
    private const ulong HeaderSize = 12;

    /// <summary>The notes of all SHT_NOTE sections; of a file without section headers, of all PT_NOTE segments.</summary>
    public static List<ElfNote> Read(ElfFile elf, ReadOnlyMemory<byte> file)
    {
        var notes = new List<ElfNote>();
        // Tables of real files do not overlap; those of a hostile one would take time without end.
        var room = elf.Bytes.Length;
        foreach (var section in elf.SectionArray.Where(section => section.Type == ElfSectionType.Note))
        {
            Read(SectionTable.Content(elf.Bytes, section), section.Alignment, file, notes, ref room);
        }

        if (elf.SectionArray.Length == 0)
        {
            foreach (var segment in elf.SegmentArray.Where(segment => segment.Type == ElfSegmentType.Note))
            {
                Read(elf.Bytes.Part(segment.Offset, segment.FileSize, "a segment of notes"), segment.Alignment, file, notes, ref room);
            }
        }

        return notes;
    }

    private static void Read(ElfBytes table, ulong alignment, ReadOnlyMemory<byte> file, List<ElfNote> notes, ref ulong room)
    {
        room = table.Length <= room ? room - table.Length : throw table.Error(0, "the notes overlap");
        // Only .note.gnu.property of 64-bit files is padded to 8 bytes; whatever else is said means 4.
        var padding = alignment == 8 ? 8u : 4u;
        for (ulong at = 0; at + HeaderSize <= table.Length;)
        {
            var fields = new ElfCursor(table, at, What);
            var nameSize = fields.U32();
            var descriptionSize = fields.U32();
            var type = fields.U32();
            var name = table.Part(at + HeaderSize, nameSize, "a note's name").Span.TrimEnd((byte)0);
            // An empty description at the very end needs no padding before it.
            var descriptionAt = Math.Min(Padded(at + HeaderSize + nameSize, padding), table.Length);
            var description = table.Part(descriptionAt, descriptionSize, "a note's description");
            notes.Add(new ElfNote(Encoding.UTF8.GetString(name), type, file.Slice((int)description.Start, (int)description.Length)));
            at = Padded(descriptionAt + descriptionSize, padding);
        }
    }

    private static ulong Padded(ulong size, ulong padding) => (size + padding - 1) & ~(padding - 1);
}
