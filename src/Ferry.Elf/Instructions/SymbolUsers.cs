using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ferry.Elf.Instructions;

/// <summary>Which function of a program uses a symbol that comes from a library; by its code, for AArch64 and little-endian 32-bit ARM with a symbol table.</summary>
public static class SymbolUsers
{
    /// <summary>The first function that does, as the symbol table names it; null where it cannot be seen.</summary>
    /// <param name="file">The program.</param>
    /// <param name="symbol">The symbol that it imports.</param>
    /// <exception cref="ElfFormatException">A table of the file is broken.</exception>
    public static string? First(ElfFile file, string symbol)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Machine is not (ElfMachine.Arm or ElfMachine.AArch64) || file.ByteOrder != ElfByteOrder.LittleEndian)
        {
            return null;
        }

        var places = ImportPlaces.Of(file, name => name == symbol);
        return places.Count == 0 ? null : First(file, places);
    }

    private static string? First(ElfFile file, HashSet<ulong> places)
    {
        FunctionMap? functions = null;
        foreach (var region in CodeMap.Of(file).Where(region => !region.Section.Name.Contains("plt", StringComparison.Ordinal)))
        {
            foreach (var offset in Uses(file, region, places))
            {
                functions ??= new FunctionMap(file);
                if (functions.At(region.Section, offset) is { } name)
                {
                    return name;
                }
            }
        }

        return null;
    }

    private static IEnumerable<int> Uses(ElfFile file, CodeRegion region, HashSet<ulong> places) => region.State switch
    {
        CodeState.A64 => A64References.To(places, file, region).Select(found => found.Offset),
        CodeState.Arm => ArmCalls(file, region, places),
        CodeState.Thumb => ThumbCalls(file, region, places),
        _ => [],
    };

    // DDI 0406C, A8.8.18, A8.8.25: b, bl, and blx, whose bit H is the halfword. The program counter is two instructions ahead.
    private static IEnumerable<int> ArmCalls(ElfFile file, CodeRegion region, HashSet<ulong> places)
    {
        var code = file.ContentOf(region.Section)[region.Start..region.End];
        for (var at = 0; at + 4 <= code.Length; at += 4)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(code.Span[at..]);
            if ((word & 0x0e000000) == 0x0a000000 && places.Contains((uint)(region.Section.Address + (ulong)(region.Start + at) + 8) + (uint)((int)(word << 8) >> 6)))
            {
                yield return region.Start + at;
            }
        }
    }

    // A8.8.25, encodings T1 and T2: S, J1 and J2 are the highest bits of the distance.
    private static IEnumerable<int> ThumbCalls(ElfFile file, CodeRegion region, HashSet<ulong> places)
    {
        var code = file.ContentOf(region.Section)[region.Start..region.End];
        for (var at = 0; at + 4 <= code.Length; at += 2)
        {
            var (first, second) = (MemoryMarshal.Read<ushort>(code.Span[at..]), MemoryMarshal.Read<ushort>(code.Span[(at + 2)..]));
            if ((first & 0xf800) != 0xf000 || (second & 0xc000) != 0xc000)
            {
                continue;
            }

            var sign = first >> 10 & 1;
            var distance = (sign == 1 ? -1 << 24 : 0) | ((second >> 13 & 1 ^ sign ^ 1) << 23) | ((second >> 11 & 1 ^ sign ^ 1) << 22) | ((first & 0x3ff) << 12) | ((second & 0x7ff) << 1);
            var here = (uint)(region.Section.Address + (ulong)(region.Start + at)) + 4;
            var isLong = (second & 0x1000) == 0; // blx: to ARM code, from the word that the instruction is in
            if (places.Contains((isLong ? here & ~3u : here) + (uint)distance))
            {
                yield return region.Start + at;
            }
        }
    }
}
