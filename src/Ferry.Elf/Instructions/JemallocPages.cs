using System.Buffers.Binary;
using System.Numerics;

namespace Ferry.Elf.Instructions;

/// <summary>
/// For which size of memory pages a jemalloc in a program was built (its LG_PAGE). It answers "arenas.page" of mallctl(3) with that number, as a constant in a function of
/// its own (src/ctl.c).
/// </summary>
public static class JemallocPages
{
    /// <summary>The function that holds the number.</summary>
    public const string Function = "arenas_page_ctl";

    private const int Smallest = 4096;
    private const int Largest = 65536;

    /// <summary>The size in bytes; null when there is no jemalloc in the file, no symbol table, or no such constant.</summary>
    /// <exception cref="ElfFormatException">A table of the file is broken.</exception>
    public static int? In(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Machine is not (ElfMachine.Arm or ElfMachine.AArch64) || file.ByteOrder != ElfByteOrder.LittleEndian)
        {
            return null;
        }

        foreach (var symbol in file.Symbols)
        {
            if (symbol is { Type: ElfSymbolType.Function, IsDefined: true, Name: Function } && symbol.SectionIndex < (uint)file.SectionArray.Length)
            {
                var isThumb = file.Machine == ElfMachine.Arm && (symbol.Value & 1) != 0;
                var section = file.SectionArray[symbol.SectionIndex];
                var code = file.ContentOf(section).Span;
                var start = CodeMap.OffsetOf(file, section, isThumb ? symbol.Value - 1 : symbol.Value);
                if (start >= 0 && start < code.Length)
                {
                    var length = (int)Math.Min(symbol.Size, (ulong)(code.Length - start));
                    return FirstSize(code.Slice((int)start, length), file.Machine, isThumb);
                }
            }
        }

        return null;
    }

    private static int? FirstSize(ReadOnlySpan<byte> code, ElfMachine machine, bool isThumb)
    {
        for (var at = 0; at + 4 <= code.Length;)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(code[at..]);
            var isNarrow = isThumb && !ThumbTable.IsWide((ushort)word);
            var value = isNarrow ? null : machine == ElfMachine.AArch64 ? A64Constant(word) : isThumb ? ThumbConstant(BitOperations.RotateLeft(word, 16)) : ArmConstant(word);
            if (value is >= Smallest and <= Largest && BitOperations.IsPow2(value.Value))
            {
                return (int)value.Value;
            }

            at += isNarrow ? 2 : 4;
        }

        return null;
    }

    // DDI 0487, C6.2: movz.
    private static uint? A64Constant(uint word) =>
        (word & 0x7f800000) == 0x52800000 && (word >> 21 & 3) < 2 ? (word >> 5 & 0xffff) << (int)(16 * (word >> 21 & 1)) : null;

    // DDI 0406C, A8.8.102: mov of a constant (eight bits, rotated), movw.
    private static uint? ArmConstant(uint word) =>
        (word & 0x0fef0000) == 0x03a00000 ? BitOperations.RotateRight(word & 0xff, (int)(2 * (word >> 8 & 15)))
        : (word & 0x0ff00000) == 0x03000000 ? (word >> 4 & 0xf000) | (word & 0xfff) : null;

    // A6.3.2: i, imm3 and imm8; from 0x400 on eight bits of which the first is 1, rotated. The first halfword stands above the second here.
    private static uint? ThumbConstant(uint word)
    {
        var constant = (word >> 15 & 0x800) | (word >> 4 & 0x700) | (word & 0xff);
        return (word & 0xfbef8000) == 0xf04f0000 && constant >= 0x400 ? BitOperations.RotateRight(0x80 | (constant & 0x7f), (int)(constant >> 7))
            : (word & 0xfbf08000) == 0xf2400000 ? (word >> 4 & 0xf000) | constant : null;
    }
}
