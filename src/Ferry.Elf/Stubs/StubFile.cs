namespace Ferry.Elf.Stubs;

/// <summary>
/// Puts the tables of a stub library into a shared object. The file is mapped as it is, at address 0; code and data have a place behind
/// it, and no bytes.
/// </summary>
internal sealed class StubFile
{
    private const uint SegmentCount = 4;
    private const ulong PageSize = 0x10000;
    private const int StackFlags = (int)(ElfSegmentFlags.Read | ElfSegmentFlags.Write);
    // The numbers of the sections, as Parts lists them.
    private const int Symbols = 2, Strings = 5, Dynamic = 6, ThreadData = 7, Code = 8, Data = 9, Names = 10;

    private readonly StubLibrary library;
    private readonly StubTables tables;
    private readonly StubPlaces data;
    private readonly StubPlaces threadData;
    private readonly StubStrings names = new();
    private readonly StubPart[] parts;
    private readonly bool wide;

    private StubFile(StubLibrary library)
    {
        this.library = library;
        wide = library.Class == ElfClass.Elf64;
        tables = new(library);
        data = new(tables.Symbols.Where(symbol => !symbol.IsFunction && !symbol.IsThreadLocal));
        threadData = new(tables.Symbols.Where(symbol => symbol.IsThreadLocal));
        parts = Parts();
        Place();
    }

    // Unique symbols are GNU's.
    private ElfOsAbi OsAbi => tables.Symbols.Any(symbol => symbol.Binding == ElfSymbolBinding.GnuUnique) ? ElfOsAbi.Gnu : ElfOsAbi.SystemV;

    private ulong Word => wide ? 8u : 4u;

    private uint SectionHeaderSize => wide ? 64u : 40u;

    private ulong HeadSize => wide ? 64 + (SegmentCount * 56) : 52 + (SegmentCount * 32);

    private ulong SectionsOffset => (parts[Names].Offset + parts[Names].Size + Word - 1) & ~(Word - 1);

    public static byte[] Write(StubLibrary library) => new StubFile(library).ToArray();

    private StubPart[] Parts()
    {
        const ElfSectionFlags Loaded = ElfSectionFlags.Alloc, Written = Loaded | ElfSectionFlags.Write;
        var symbolSize = wide ? 24u : 16u;
        StubPart[] all =
        [
            new("", ElfSectionType.Null, 0, 0) { Alignment = 0 },
            new(".hash", ElfSectionType.Hash, Loaded, Size(tables.Hash)) { Alignment = Word, EntrySize = 4, Link = Symbols },
            new(".dynsym", ElfSectionType.DynamicSymbols, Loaded, (ulong)(tables.Symbols.Count + 1) * symbolSize) { Alignment = Word, EntrySize = symbolSize, Link = Strings, Info = 1 },
            new(".gnu.version", ElfSectionType.SymbolVersions, Loaded, Size(tables.VersionIndices)) { Alignment = 2, EntrySize = 2, Link = Symbols },
            new(".gnu.version_d", ElfSectionType.VersionDefinitions, Loaded, Size(tables.VersionDefinitions)) { Alignment = Word, Link = Strings, Info = tables.VersionDefinitionCount },
            new(".dynstr", ElfSectionType.StringTable, Loaded | ElfSectionFlags.Strings, Size(tables.Strings)),
            new(".dynamic", ElfSectionType.Dynamic, Written, (ulong)DynamicEntries(address: _ => 0).Count() * 2 * Word) { Alignment = Word, EntrySize = 2 * Word, Link = Strings },
            new(".tbss", ElfSectionType.NoBits, Written | ElfSectionFlags.ThreadLocal, threadData.Size) { Alignment = threadData.Alignment },
            new(".text", ElfSectionType.NoBits, Loaded | ElfSectionFlags.Execute, 16) { Alignment = 16 },
            new(".bss", ElfSectionType.NoBits, Written, data.Size) { Alignment = data.Alignment },
        ];
        foreach (var part in all)
        {
            names.At(part.Name);
        }

        names.At(".shstrtab");
        return [.. all, new(".shstrtab", ElfSectionType.StringTable, 0, Size(names.ToArray()))];
    }

    private static ulong Size(byte[] bytes) => (ulong)bytes.Length;

    // What has bytes comes first, and .shstrtab last of it: it is not loaded, and what has no bytes begins on a page of its own.
    private void Place()
    {
        var end = HeadSize;
        foreach (var part in parts.Where(part => part.HasBytes))
        {
            part.Offset = end = Aligned(end, part.Alignment);
            end += part.Size;
        }

        end = Aligned(end, PageSize);
        foreach (var part in parts.Where(part => part.Type == ElfSectionType.NoBits))
        {
            part.Offset = end = Aligned(end, part.Alignment);
            // Each thread has its own: no room for it here.
            end += (part.Flags & ElfSectionFlags.ThreadLocal) != 0 ? 0 : part.Size;
        }
    }

    private (int Section, ulong Value) PlaceOf(StubSymbol symbol) =>
        symbol.IsFunction ? (Code, parts[Code].Address)
        : symbol.IsThreadLocal ? (ThreadData, threadData.Of(symbol))
        : (Data, parts[Data].Address + data.Of(symbol));

    private IEnumerable<(long Tag, ulong Value)> DynamicEntries(Func<string, ulong> address)
    {
        if (tables.SoName is { } name)
        {
            yield return (DynamicTag.SoName, name);
        }

        yield return (DynamicTag.Hash, address(".hash"));
        yield return (DynamicTag.StringTable, address(".dynstr"));
        yield return (DynamicTag.StringTableSize, Size(tables.Strings));
        yield return (DynamicTag.SymbolTable, address(".dynsym"));
        yield return (DynamicTag.SymbolSize, wide ? 24u : 16u);
        if (tables.VersionDefinitionCount > 0)
        {
            yield return (DynamicTag.SymbolVersions, address(".gnu.version"));
            yield return (DynamicTag.VersionDefinitions, address(".gnu.version_d"));
            yield return (DynamicTag.VersionDefinitionCount, tables.VersionDefinitionCount);
        }

        yield return (DynamicTag.Null, 0);
    }

    private byte[] ToArray()
    {
        var file = tables.Buffer();
        WriteHead(file);
        WriteSegments(file);
        byte[][] bodies = [tables.Hash, tables.SymbolTable(PlaceOf), tables.VersionIndices, tables.VersionDefinitions, tables.Strings, DynamicTable(), names.ToArray()];
        foreach (var (part, body) in parts.Where(part => part.HasBytes).Zip(bodies))
        {
            file.AlignTo(part.Alignment).Bytes(body);
        }

        file.AlignTo(Word);
        foreach (var part in parts)
        {
            file.U32(names.At(part.Name)).U32((uint)part.Type).Word((ulong)part.Flags).Word(part.Address).Word(OffsetOf(part)).Word(part.Size)
                .U32(part.Link).U32(part.Info).Word(part.Alignment).Word(part.EntrySize);
        }

        return file.ToArray();
    }

    // What has no bytes has a place in the file only by convention: it must lie within.
    private ulong OffsetOf(StubPart part) => part.HasBytes || part.Type == ElfSectionType.Null ? part.Offset : parts[Dynamic].Offset + parts[Dynamic].Size;

    private byte[] DynamicTable()
    {
        var table = tables.Buffer();
        foreach (var (tag, value) in DynamicEntries(name => Array.Find(parts, part => part.Name == name)!.Address))
        {
            table.Word((ulong)tag).Word(value);
        }

        return table.ToArray();
    }

    private void WriteHead(StubBuffer file)
    {
        file.Bytes([0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)library.Class, (byte)library.ByteOrder, 1, (byte)OsAbi, .. new byte[8]])
            .U16((int)ElfType.SharedObject).U16((int)library.Machine).U32(1).Word(0).Word(wide ? 64u : 52u).Word(SectionsOffset).U32(library.Flags)
            .U16(wide ? 64 : 52).U16(wide ? 56 : 32).U16((int)SegmentCount).U16((int)SectionHeaderSize).U16(parts.Length).U16(Names);
    }

    private void WriteSegments(StubBuffer file)
    {
        var fileEnd = parts[Dynamic].Offset + parts[Dynamic].Size;
        var (tls, dynamic) = (parts[ThreadData], parts[Dynamic]);
        Segment(file, ElfSegmentType.Load, StackFlags, 0, 0, fileEnd, parts[Data].Address + parts[Data].Size, PageSize);
        Segment(file, ElfSegmentType.Dynamic, StackFlags, dynamic.Offset, dynamic.Address, dynamic.Size, dynamic.Size, Word);
        Segment(file, ElfSegmentType.GnuStack, StackFlags, 0, 0, 0, 0, 16);
        Segment(file, tls.Size > 0 ? ElfSegmentType.ThreadLocal : ElfSegmentType.Null, (int)ElfSegmentFlags.Read, fileEnd, tls.Address, 0, tls.Size, tls.Alignment);
    }

    private void Segment(StubBuffer file, ElfSegmentType type, int flags, ulong offset, ulong address, ulong fileSize, ulong memorySize, ulong alignment) =>
        _ = wide
            ? file.U32((uint)type).U32((uint)flags).Word(offset).Word(address).Word(address).Word(fileSize).Word(memorySize).Word(alignment)
            : file.U32((uint)type).Word(offset).Word(address).Word(address).Word(fileSize).Word(memorySize).U32((uint)flags).Word(alignment);

    private static ulong Aligned(ulong at, ulong alignment) => (at + alignment - 1) & ~(alignment - 1);
}
