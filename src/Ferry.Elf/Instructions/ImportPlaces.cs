using System.Buffers.Binary;
using System.Numerics;

namespace Ferry.Elf.Instructions;

/// <summary>
/// By which addresses a program's code reaches what it takes from libraries: the places that the loader fills in (.got) and the stubs that jump through them
/// (.plt). AArch64 and little-endian 32-bit ARM.
/// </summary>
internal static class ImportPlaces
{
    private const int StubSize = 12; // of ARM: add ip, pc, #…; add ip, ip, #…; ldr pc, [ip, #…]!

    /// <summary>Those of the symbols that are wanted.</summary>
    public static HashSet<ulong> Of(ElfFile file, Func<string, bool> isWanted)
    {
        var places = new HashSet<ulong>();
        foreach (var section in file.SectionArray.Where(section => section.IsLoaded && section.Type is ElfSectionType.Rela or ElfSectionType.Rel))
        {
            AddSlots(file, section, isWanted, places);
        }

        if (places.Count > 0)
        {
            foreach (var section in file.SectionArray.Where(section => section.Name is ".plt" or ".iplt" or ".plt.sec" && section.Type == ElfSectionType.ProgramBits))
            {
                places.UnionWith(file.Machine == ElfMachine.AArch64 ? A64Stubs(file, section, places) : ArmStubs(file, section, places));
            }
        }

        return places;
    }

    // gABI, chapter 4: r_offset, r_info, in Rela r_addend; the symbol is in the upper part of r_info.
    private static void AddSlots(ElfFile file, ElfSection section, Func<string, bool> isWanted, HashSet<ulong> places)
    {
        var isWide = file.Class == ElfClass.Elf64;
        var size = (isWide ? 8 : 4) * (section.Type == ElfSectionType.Rela ? 3 : 2);
        var content = file.ContentOf(section).Span;
        for (; content.Length >= size; content = content[size..])
        {
            var (place, symbol) = isWide ? (BinaryPrimitives.ReadUInt64LittleEndian(content), BinaryPrimitives.ReadUInt64LittleEndian(content[8..]) >> 32)
                : (BinaryPrimitives.ReadUInt32LittleEndian(content), BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) >> 8);
            if (symbol != 0 && symbol < (ulong)file.DynamicSymbols.Count && isWanted(file.DynamicSymbols[(int)symbol].Name))
            {
                places.Add(place);
            }
        }
    }

    // adrp first; the load is the second or, behind a bti, the third instruction.
    private static List<ulong> A64Stubs(ElfFile file, ElfSection section, HashSet<ulong> slots) =>
        [.. A64References.To(slots, file, new CodeRegion(section, 0, file.ContentOf(section).Length, CodeState.A64))
            .SelectMany(found => (ulong[])[section.Address + (ulong)found.Offset - 4, section.Address + (ulong)found.Offset - 8])];

    private static List<ulong> ArmStubs(ElfFile file, ElfSection section, HashSet<ulong> slots)
    {
        var stubs = new List<ulong>();
        var code = file.ContentOf(section).Span;
        for (var at = 0; at + StubSize <= code.Length; at += 4)
        {
            var (page, rest, load) = (BinaryPrimitives.ReadUInt32LittleEndian(code[at..]), BinaryPrimitives.ReadUInt32LittleEndian(code[(at + 4)..]), BinaryPrimitives.ReadUInt32LittleEndian(code[(at + 8)..]));
            if ((page & 0xfffff000) == 0xe28fc000 && (rest & 0xfffff000) == 0xe28cc000 && (load & 0xfffff000) == 0xe5bcf000
                && slots.Contains((uint)(section.Address + (ulong)at + 8) + Constant(page) + Constant(rest) + (load & 0xfff)))
            {
                stubs.Add(section.Address + (ulong)at);
            }
        }

        return stubs;

        static uint Constant(uint word) => BitOperations.RotateRight(word & 0xff, (int)(2 * (word >> 8 & 15)));
    }
}
