using System.Buffers.Binary;

namespace Ferry.Delta.References;

/// <summary>
/// x86-64 code (Intel SDM, volume 2): calls and jumps of 32 bits, and operands relative to rip. Found by the look of their bytes, as
/// instructions have no borders that could be seen from anywhere; a wrong guess is one on both sides and costs a correction.
/// </summary>
internal static class X64References
{
    public static void Find(ReadOnlySpan<byte> code, long address, List<Reference> found)
    {
        for (var at = 0; at + 6 <= code.Length; at++)
        {
            var (place, behind) = Place(code, at);
            if (place != 0 && at + place + 4 <= code.Length)
            {
                var field = at + place;
                var distance = BinaryPrimitives.ReadInt32LittleEndian(code[field..]);
                if (Math.Abs((long)distance) < 1 << 28)
                {
                    found.Add(new(ReferenceForm.Relative32, field, address + field + 4 + behind + distance, field + 4 + behind));
                    at = field + 3;
                }
            }
        }
    }

    // Where the 32 bits begin, and how many bytes of the instruction are behind them.
    private static (int Place, int Behind) Place(ReadOnlySpan<byte> code, int at) => code[at] switch
    {
        0xe8 or 0xe9 => (1, 0),
        0x0f when (code[at + 1] & 0xf0) == 0x80 => (2, 0),
        0x0f when (code[at + 2] & 0xc7) == 5 && code[at + 1] is 0x10 or 0x11 or 0x28 or 0x29 or 0x6f or 0x7f or 0xb6 or 0xb7 => (3, 0),
        0x8b or 0x8d or 0x89 or 0x88 or 0x8a or 0x03 or 0x3b or 0x39 or 0xff or 0x63 or 0x33 or 0x0b when (code[at + 1] & 0xc7) == 5 => (2, 0),
        0x80 or 0x83 or 0xc6 when (code[at + 1] & 0xc7) == 5 => (2, 1),
        0xc7 or 0x81 when (code[at + 1] & 0xc7) == 5 => (2, 4),
        _ => (0, 0),
    };
}
