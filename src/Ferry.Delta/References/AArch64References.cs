using System.Buffers.Binary;

namespace Ferry.Delta.References;

/// <summary>A64 code (Arm Architecture Reference Manual, DDI 0487): branches, and adrp with what adds the lower 12 bits.</summary>
internal static class AArch64References
{
    public static void Find(ReadOnlySpan<byte> code, long address, List<Reference> found)
    {
        Span<int> page = stackalloc int[32]; // the adrp that made each register, in bytes and 1
        for (var at = 0; at + 4 <= code.Length; at += 4)
        {
            var word = Word(code, at);
            if ((word & 0x7c000000) == 0x14000000)
            {
                found.Add(new(ReferenceForm.AArch64Branch, at, address + at + ((int)(word << 6) >> 4), at));
                page[..19].Clear(); // what a call leaves of registers; behind a jump other code begins
            }
            else if ((word & 0x9f000000) == 0x90000000)
            {
                page[(int)word & 31] = at + 1;
            }
            else
            {
                Use(code, at, address, Shift(word), page[(int)(word >> 5) & 31], found);
                page[(int)word & 31] = 0; // most instructions have there what they write
            }
        }
    }

    private static void Use(ReadOnlySpan<byte> code, int at, long address, int shift, int adrp, List<Reference> found)
    {
        if (shift >= 0 && adrp > 0)
        {
            var word = Word(code, at);
            var target = Page(code, adrp - 1, address) + (((word >> 10) & 0xfff) << shift);
            found.Add(new(ReferenceForm.AArch64Page, adrp - 1, target, adrp - 1));
            found.Add(new(ReferenceForm.AArch64Low12, at, target, 0, shift));
        }
    }

    // add xD, xN, #imm12: 0; ldr and str with an unsigned offset: by their size (vectors of 128 bits: 4). Else -1.
    private static int Shift(uint word) =>
        (word & 0xffc00000) == 0x91000000 ? 0
        : (word & 0x3b000000) != 0x39000000 ? -1
        : (word & 0x04800000) == 0x04800000 ? 4
        : (int)(word >> 30);

    private static long Page(ReadOnlySpan<byte> code, int at, long address)
    {
        var word = Word(code, at);
        var pages = ((int)(word << 8) >> 13 << 2) | (int)((word >> 29) & 3);
        return (((address + at) >> 12) + pages) << 12;
    }

    private static uint Word(ReadOnlySpan<byte> code, int at) => BinaryPrimitives.ReadUInt32LittleEndian(code[at..]);
}
