using System.Buffers.Binary;

namespace Ferry.Delta.References;

/// <summary>
/// A32 code (Arm Architecture Reference Manual, DDI 0406C): branches, and what position-independent code adds to pc, which comes from
/// a literal pool or from movw and movt.
/// </summary>
internal static class ArmReferences
{
    public static void Find(ReadOnlySpan<byte> code, long address, List<Reference> found)
    {
        Span<int> pool = stackalloc int[16]; // where each register was loaded from, in bytes and 1
        Span<int> low = stackalloc int[16]; // the movw that it was made by
        Span<int> high = stackalloc int[16];
        for (var at = 0; at + 4 <= code.Length; at += 4)
        {
            var word = Word(code, at);
            var pc = address + at + 8;
            var register = (int)(word >> 12) & 15;
            if ((word & 0x0e000000) == 0x0a000000)
            {
                var distance = (int)(word << 8) >> 6 | (word >= 0xf0000000 ? (int)(word >> 23) & 2 : 0);
                found.Add(new(ReferenceForm.ArmBranch, at, pc + distance, at + 8));
            }
            else if ((word & 0x0f7f0000) == 0x051f0000)
            {
                var place = at + 8 + ((word & 0x00800000) != 0 ? 1 : -1) * (int)(word & 0xfff);
                (pool[register], low[register]) = (place >= 0 && place + 4 <= code.Length ? place + 1 : 0, 0);
            }
            else if ((word & 0x0ff00000) == 0x03000000)
            {
                (pool[register], low[register], high[register]) = (0, at + 1, 0);
            }
            else if ((word & 0x0ff00000) == 0x03400000)
            {
                high[register] = low[register] != 0 ? at + 1 : 0;
            }
            else if (AddedToPc(word) is var source and >= 0)
            {
                Add(code, at, pc, pool[source], low[source], high[source], found);
                (pool[source], low[source]) = (0, 0);
            }
        }
    }

    // add rD, pc, rM and add rD, rN, pc, and ldr rT, [pc, rM].
    private static int AddedToPc(uint word) =>
        (word & 0x0fff0ff0) == 0x008f0000 || (word & 0x0f7f0ff0) == 0x071f0000 ? (int)word & 15
        : (word & 0x0ff00fff) == 0x0080000f ? (int)(word >> 16) & 15
        : -1;

    private static void Add(ReadOnlySpan<byte> code, int at, long pc, int pool, int low, int high, List<Reference> found)
    {
        if (pool != 0)
        {
            found.Add(new(ReferenceForm.ArmPool, pool - 1, pc + (int)Word(code, pool - 1), at + 8));
        }
        else if (low != 0 && high != 0)
        {
            var target = pc + (int)(Half(Word(code, low - 1)) | (Half(Word(code, high - 1)) << 16));
            found.Add(new(ReferenceForm.ArmLowHalf, low - 1, target, at + 8));
            found.Add(new(ReferenceForm.ArmHighHalf, high - 1, target, at + 8));
        }
    }

    private static uint Half(uint word) => ((word >> 4) & 0xf000) | (word & 0xfff);

    private static uint Word(ReadOnlySpan<byte> code, int at) => BinaryPrimitives.ReadUInt32LittleEndian(code[at..]);
}
