namespace Ferry.Elf;

/// <summary>
/// How many dynamic symbols there are, when no section header says it. DT_HASH has the number; DT_GNU_HASH knows only the
/// defined ones, so the relocations are asked for the others.
/// </summary>
internal static class DynamicSymbolCount
{
    public static ulong Find(ElfFile elf, ElfDynamic dynamic)
    {
        if (elf.Machine == ElfMachine.Mips && dynamic.Value(DynamicTag.MipsSymbolCount) is { } count)
        {
            return count;
        }

        if (dynamic.Value(DynamicTag.Hash) is { } hash)
        {
            var table = AddressMap.Find(elf.Bytes, elf.SegmentArray, hash, "the hash table");
            // Of all machines these two have words of 64 bits there.
            var wide = table.Wide && (elf.Machine is ElfMachine.Alpha or ElfMachine.S390);
            return wide ? table.U64(8, "the hash table") : table.U32(4, "the hash table");
        }

        var hashed = dynamic.Value(DynamicTag.GnuHash) is { } gnuHash
            ? Hashed(AddressMap.Find(elf.Bytes, elf.SegmentArray, gnuHash, "the GNU hash table"))
            : 0;
        return Math.Max(hashed, Relocated(elf, dynamic));
    }

    /// <summary>One past the last symbol of the longest chain (the chains follow the symbols' order).</summary>
    private static ulong Hashed(ElfBytes table)
    {
        const string What = "the GNU hash table";
        ulong bucketCount = table.U32(0, What);
        ulong firstHashed = table.U32(4, What);
        ulong bloomSize = table.U32(8, What);
        var buckets = table.Table(16 + (bloomSize * table.WordSize), bucketCount, 4, What);
        ulong last = 0;
        for (ulong i = 0; i < bucketCount; i++)
        {
            last = Math.Max(last, buckets.U32(i * 4, What));
        }

        if (last < firstHashed)
        {
            return firstHashed;
        }

        var chains = table.From(16 + (bloomSize * table.WordSize) + (bucketCount * 4), What);
        while ((chains.U32((last - firstHashed) * 4, What) & 1) == 0)
        {
            last++;
        }

        return last + 1;
    }

    private static ulong Relocated(ElfFile elf, ElfDynamic dynamic)
    {
        var pltHasAddends = dynamic.Value(DynamicTag.PltRelType) == (ulong)DynamicTag.Rela;
        return Math.Max(
            Relocated(elf, dynamic, DynamicTag.JumpRel, DynamicTag.PltRelSize, pltHasAddends),
            Math.Max(
                Relocated(elf, dynamic, DynamicTag.Rela, DynamicTag.RelaSize, addends: true),
                Relocated(elf, dynamic, DynamicTag.Rel, DynamicTag.RelSize, addends: false)));
    }

    private static ulong Relocated(ElfFile elf, ElfDynamic dynamic, long tag, long sizeTag, bool addends)
    {
        if (dynamic.Value(tag) is not { } address || dynamic.Value(sizeTag) is not { } size || size == 0)
        {
            return 0;
        }

        var table = AddressMap.Find(elf.Bytes, elf.SegmentArray, address, "the relocations").Part(0, size, "the relocations");
        var entry = table.WordSize * (addends ? 3u : 2u);
        ulong highest = 0;
        for (ulong at = 0; at + entry <= table.Length; at += entry)
        {
            var info = table.Word(at + table.WordSize, "a relocation");
            highest = Math.Max(highest, table.Wide ? info >> 32 : info >> 8);
        }

        return highest + 1;
    }
}
