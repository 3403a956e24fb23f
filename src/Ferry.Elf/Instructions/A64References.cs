using System.Runtime.InteropServices;

namespace Ferry.Elf.Instructions;

/// <summary>
/// Which code of AArch64 speaks of which address: calls and jumps, and addresses that are put together of a page (adrp) and an offset in it (add, ldr). It follows no
/// jump and forgets no register, so it may see a reference too many, not one too few in what compilers write.
/// </summary>
internal static class A64References
{
    private const int Registers = 32;

    /// <summary>Each instruction of a region that speaks of one of the addresses <paramref name="wanted"/>, by its place in the section.</summary>
    public static IEnumerable<(int Offset, ulong Address)> To(IReadOnlySet<ulong> wanted, ElfFile file, CodeRegion region)
    {
        var pages = new ulong[Registers];
        var code = file.ContentOf(region.Section)[region.Start..region.End];
        for (var at = 0; at + 4 <= code.Length; at += 4)
        {
            var address = region.Section.Address + (ulong)(region.Start + at);
            if (AddressIn(MemoryMarshal.Read<uint>(code.Span[at..]), address, pages) is { } spoken && wanted.Contains(spoken))
            {
                yield return (region.Start + at, spoken);
            }
        }
    }

    // DDI 0487, C6.2: adr, adrp, add (immediate), ldr and its like (unsigned offset), b, bl.
    private static ulong? AddressIn(uint word, ulong at, ulong[] pages)
    {
        if ((word & 0x1f000000) == 0x10000000)
        {
            var offset = ((long)(int)(word << 8) >> 11 & ~3L) | (word >> 29 & 3);
            var isPage = (word & 0x80000000) != 0;
            var address = isPage ? (at & ~0xffful) + (ulong)(offset << 12) : at + (ulong)offset;
            pages[word & 31] = isPage ? address : 0;
            return address;
        }

        var page = pages[word >> 5 & 31];
        return (word & 0x7c000000) == 0x14000000 ? at + (ulong)((long)(int)(word << 6) >> 4)
            : page == 0 ? null
            : (word & 0xff800000) == 0x91000000 ? page + (word >> 10 & 0xfff)
            : (word & 0x3b000000) == 0x39000000 ? page + ((ulong)(word >> 10 & 0xfff) << (int)(word >> 30))
            : null;
    }
}
