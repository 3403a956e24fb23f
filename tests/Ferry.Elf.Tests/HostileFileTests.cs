using System.Buffers.Binary;
using System.Diagnostics;

namespace Ferry.Elf.Tests;

/// <summary>Files that were made to cost time or memory: no damage by chance gets there.</summary>
public class HostileFileTests
{
    private const int Size = 2 << 20;

    [Fact]
    public void A_count_of_sections_beyond_any_file_is_refused()
    {
        var file = new TinyElf(wide: true, big: false);
        file.AddSection("", ElfSectionType.Null, []);
        file.ClaimSections(0x0fff_ffff_ffff_ffff);
        Should.Throw<ElfFormatException>(() => ElfFile.Read(file.ToArray()).Sections);
    }

    [Theory]
    [InlineData(1u)] // all entries overlap
    [InlineData(16u)] // every library's versions run to the end of the table
    [InlineData(uint.MaxValue)] // one back, to those who add with 32 bits
    public void A_chain_of_needed_versions_that_runs_in_circles_or_overlaps_ends(uint next)
    {
        var table = new byte[Size];
        for (var at = 0; at + 16 <= table.Length; at += 16)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(table.AsSpan(at + 2), ushort.MaxValue);
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(at + 8), next);
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(at + 12), next);
        }

        var file = new TinyElf(wide: true, big: false);
        var strings = file.AddSection(".dynstr", ElfSectionType.StringTable, [0]);
        file.AddSection(".gnu.version_r", ElfSectionType.VersionNeeds, table, strings, info: uint.MaxValue);
        file.AddSection(".gnu.version_d", ElfSectionType.VersionDefinitions, table, strings, info: uint.MaxValue);
        EndsSoon(file);
    }

    [Fact]
    public void Symbols_that_share_one_endless_name_end_in_the_readers_own_error()
    {
        var table = new byte[24 * 60_000];
        for (var i = 0; i < 60_000; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(i * 24), (uint)i + 1);
        }

        var names = new byte[Size];
        names.AsSpan(1, Size - 2).Fill((byte)'a');
        var file = new TinyElf(wide: true, big: false);
        var strings = file.AddSection(".strtab", ElfSectionType.StringTable, names);
        file.AddSection(".symtab", ElfSectionType.SymbolTable, table, strings);
        EndsSoon(file);
        Should.Throw<ElfFormatException>(() => ElfFile.Read(file.ToArray()).Symbols).What.ShouldContain("overlap");
    }

    [Fact]
    public void Versions_that_all_claim_the_same_symbols_share_them()
    {
        const int Count = 40_000;
        var needs = new byte[16 + (16 * Count)];
        BinaryPrimitives.WriteUInt16LittleEndian(needs.AsSpan(2), Count);
        BinaryPrimitives.WriteUInt32LittleEndian(needs.AsSpan(8), 16);
        for (var i = 1; i <= Count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(needs.AsSpan((16 * i) + 6), 2);
            BinaryPrimitives.WriteUInt32LittleEndian(needs.AsSpan((16 * i) + 12), 16);
        }

        var versions = new byte[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            versions[2 * i] = 2;
        }

        var file = new TinyElf(wide: true, big: false);
        var strings = file.AddSection(".dynstr", ElfSectionType.StringTable, [0]);
        file.AddSection(".dynsym", ElfSectionType.DynamicSymbols, new byte[24 * Count], strings);
        file.AddSection(".gnu.version", ElfSectionType.SymbolVersions, versions);
        file.AddSection(".gnu.version_r", ElfSectionType.VersionNeeds, needs, strings, info: 1);
        EndsSoon(file);
        ElfFile.Read(file.ToArray()).VersionNeeds[0].Versions[^1].Symbols.Count.ShouldBe(Count);
    }

    [Fact]
    public void Many_sections_over_the_same_bytes_take_no_time()
    {
        var file = new TinyElf(wide: true, big: false);
        var first = file.AddSection(".debug_info", ElfSectionType.Note, new byte[Size], 0);
        for (var i = 0; i < 20_000; i++)
        {
            file.AddAlias(first, ElfSectionType.Note);
        }

        EndsSoon(file);
    }

    private static void EndsSoon(TinyElf file)
    {
        var bytes = file.ToArray();
        var before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        Everything.Ask(bytes);
        // Far from any real figure, and far from what these files ask for: hours and terabytes.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(8L << 30);
    }
}
