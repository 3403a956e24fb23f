using System.IO.Compression;
using System.Text;

namespace Ferry.Elf.Debug;

/// <summary>The debug sections of a file, unpacked where they are compressed (SHF_COMPRESSED, zlib). One that is not there is empty.</summary>
internal sealed class DebugSections(ElfFile file)
{
    private const ElfSectionFlags Compressed = (ElfSectionFlags)0x800;
    private const uint Zlib = 1;
    private const ulong MostThatDeflateGains = 1032;

    public bool IsBig { get; } = file.ByteOrder == ElfByteOrder.BigEndian;

    public ReadOnlyMemory<byte> Info { get; } = Content(file, ".debug_info");

    public ReadOnlyMemory<byte> Abbreviations { get; } = Content(file, ".debug_abbrev");

    public ReadOnlyMemory<byte> Lines { get; } = Content(file, ".debug_line");

    public ReadOnlyMemory<byte> Strings { get; } = Content(file, ".debug_str");

    public ReadOnlyMemory<byte> LineStrings { get; } = Content(file, ".debug_line_str");

    public ReadOnlyMemory<byte> StringOffsets { get; } = Content(file, ".debug_str_offsets");

    public ReadOnlyMemory<byte> Addresses { get; } = Content(file, ".debug_addr");

    /// <summary>Of DWARF 4 and older.</summary>
    public ReadOnlyMemory<byte> Ranges { get; } = Content(file, ".debug_ranges");

    public ReadOnlyMemory<byte> RangeLists { get; } = Content(file, ".debug_rnglists");

    public DwarfCursor At(ReadOnlyMemory<byte> section, ulong offset) => new(section.Span, offset, IsBig);

    public string Text(ReadOnlyMemory<byte> section, ulong offset) => Encoding.UTF8.GetString(At(section, offset).Text());

    private static ReadOnlyMemory<byte> Content(ElfFile file, string name)
    {
        if (Array.Find(file.SectionArray, section => section.Name == name && section.HasBytes) is not { } found)
        {
            return default;
        }

        var content = file.ContentOf(found);
        return (found.Flags & Compressed) == 0 ? content : Unpacked(content, file);
    }

    // gABI, Elf32_Chdr and Elf64_Chdr.
    private static byte[] Unpacked(ReadOnlyMemory<byte> content, ElfFile file)
    {
        var wide = file.Class == ElfClass.Elf64;
        var cursor = new DwarfCursor(content.Span, 0, file.ByteOrder == ElfByteOrder.BigEndian);
        var kind = cursor.U32();
        _ = wide ? cursor.U32() : 0;
        var size = cursor.Offset(wide);
        _ = cursor.Offset(wide);
        if (kind != Zlib || size > (ulong)content.Length * MostThatDeflateGains || size > int.MaxValue)
        {
            throw cursor.Error(kind == Zlib ? "a compressed section is said to be larger than it can be" : $"a section is compressed in a way (type {kind}) that is not known here");
        }

        try
        {
            var unpacked = new byte[size];
            using var stream = new ZLibStream(new MemoryStream(content[(int)cursor.At..].ToArray()), CompressionMode.Decompress);
            stream.ReadExactly(unpacked);
            return unpacked;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw cursor.Error("a compressed section is broken");
        }
    }
}
