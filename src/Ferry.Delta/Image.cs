using Ferry.Elf;

namespace Ferry.Delta;

/// <summary>A file as a patch sees it: its bytes, cut into regions, and where its symbols lie.</summary>
internal sealed record Image(ReadOnlyMemory<byte> Bytes, IReadOnlyList<Region> Regions, IReadOnlyList<Anchor> Anchors)
{
    private static readonly Dictionary<string, RegionKind> Named = new()
    {
        [".ARM.exidx"] = RegionKind.Relative31,
        [".ARM.extab"] = RegionKind.Relative31ToCode,
        [".eh_frame"] = RegionKind.Relative32,
        [".eh_frame_hdr"] = RegionKind.BaseRelative32,
    };

    /// <summary>Any file; what is no ELF file of a known kind is one region of bytes.</summary>
    public static Image Of(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var elf = ElfFile.Read(bytes);
            return elf.ByteOrder == ElfByteOrder.LittleEndian && RegionsOf(elf, bytes.Length) is { } regions
                ? new(bytes, regions, [.. Anchor.Of(elf, regions)])
                : Plain(bytes);
        }
        catch (ElfFormatException)
        {
            return Plain(bytes);
        }
    }

    public Region RegionAt(int offset) => Delta.Regions.At(Regions, offset);

    private static Image Plain(ReadOnlyMemory<byte> bytes) =>
        new(bytes, [new Region(RegionKind.Bytes, 0, bytes.Length, Region.NotLoaded)], []);

    // Null where sections overlap or leave the file: then nothing that they say is to be trusted.
    private static List<Region>? RegionsOf(ElfFile elf, int length)
    {
        var regions = new List<Region>();
        var end = 0;
        foreach (var section in elf.Sections.Where(section => section.HasBytes && section.Size > 0).OrderBy(section => section.Offset))
        {
            if (section.Offset < (ulong)end || section.Size > (ulong)length || section.Offset > (ulong)length - section.Size)
            {
                return null;
            }

            Gap(regions, end, (int)section.Offset);
            var kind = KindOf(elf, section);
            regions.Add(new(kind, (int)section.Offset, (int)section.Size, AddressOf(section), Base(elf, section, kind)));
            end = regions[^1].End;
        }

        Gap(regions, end, length);
        regions.AddRange(elf.Sections
            .Where(section => section is { Type: ElfSectionType.NoBits, IsLoaded: true } && (section.Flags & ElfSectionFlags.ThreadLocal) == 0)
            .Select(section => new Region(RegionKind.Bytes, length, 0, (long)section.Address)));
        return Delta.Regions.WithCode(regions);
    }

    private static void Gap(List<Region> regions, int from, int to)
    {
        if (to > from)
        {
            regions.Add(new(RegionKind.Bytes, from, to - from, Region.NotLoaded + from));
        }
    }

    private static long AddressOf(ElfSection section) =>
        section.IsLoaded ? (long)section.Address : Region.NotLoaded + (long)section.Offset;

    private static long Base(ElfFile elf, ElfSection section, RegionKind kind) =>
        kind is RegionKind.Symbols32 or RegionKind.Symbols64 && section.Link < elf.Sections.Count ? AddressOf(elf.Sections[(int)section.Link])
        : kind == RegionKind.BaseRelative32 ? (long)section.Address : 0;

    private static RegionKind KindOf(ElfFile elf, ElfSection section)
    {
        var wide = elf.Class == ElfClass.Elf64;
        var kind = section.Type switch
        {
            ElfSectionType.SymbolTable or ElfSectionType.DynamicSymbols => wide ? RegionKind.Symbols64 : RegionKind.Symbols32,
            ElfSectionType.Rel when !wide => RegionKind.Rel32,
            ElfSectionType.Rela when wide => RegionKind.Rela64,
            ElfSectionType.InitArray or ElfSectionType.FiniArray when !wide => RegionKind.Addresses32,
            _ when (section.Flags & ElfSectionFlags.Execute) != 0 => CodeOf(elf.Machine),
            _ when Named.TryGetValue(section.Name, out var named) => named,
            // What 64-bit programs have there comes from relocations that hold it themselves.
            _ when (section.Flags & ElfSectionFlags.Write) != 0 && !wide => RegionKind.Addresses32,
            _ => RegionKind.Bytes,
        };
        return section.Size % (uint)new Region(kind, 0, 0, 0).Entry == 0 ? kind : RegionKind.Bytes;
    }

    private static RegionKind CodeOf(ElfMachine machine) => machine switch
    {
        ElfMachine.Arm => RegionKind.Arm,
        ElfMachine.AArch64 => RegionKind.AArch64,
        ElfMachine.X86_64 => RegionKind.X64,
        _ => RegionKind.Bytes,
    };
}
