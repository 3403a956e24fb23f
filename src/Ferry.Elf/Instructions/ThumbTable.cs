namespace Ferry.Elf.Instructions;

/// <summary>What ARMv6 does not know of a Thumb instruction.</summary>
internal static class ThumbTable
{
    // A number into ThumbRows.Narrow, plus one, for every halfword that is an instruction of its own.
    private static readonly byte[] Narrow = [.. Enumerable.Range(0, 1 << 16).Select(half => (byte)(Array.FindIndex(ThumbRows.Narrow, row => row.Holds((uint)half)) + 1))];

    /// <summary>Whether the instruction that begins with this halfword has another (A6.1).</summary>
    public static bool IsWide(ushort first) => first >= 0xe800;

    public static InstructionRow? FindNarrow(ushort half) => Narrow[half] is var row and not 0 ? ThumbRows.Narrow[row - 1] : null;

    public static InstructionRow? FindWide(ushort first, ushort second) =>
        IsCall(first, second) ? null : Array.Find(ThumbRows.Wide, row => row.Holds(((uint)first << 16) | second)) is { Mask: not 0 } row ? row : ThumbRows.Other;

    /// <summary>
    /// The ARM instruction that a Thumb one of floating point or NEON stands for; null for all others. Their bits are the same (A7.1), but for the first eight of NEON's.
    /// </summary>
    public static uint? AsArm(ushort first, ushort second)
    {
        var word = ((uint)first << 16) | second;
        return (word >> 24) switch
        {
            0xec or 0xed or 0xee or 0xfc or 0xfd or 0xfe => word,
            0xef => (word & 0x00ffffff) | 0xf2000000,
            0xff => (word & 0x00ffffff) | 0xf3000000,
            0xf9 when (word & 0x00100000) == 0 => (word & 0x00ffffff) | 0xf4000000, // else a load of one register with its sign
            _ => null,
        };
    }

    // A6.7.18: before Thumb-2 a bl was two halfwords of fixed heads; bits J1 and J2, which reach farther, were ones.
    private static bool IsCall(ushort first, ushort second) =>
        (first & 0xf800) == 0xf000 && ((second & 0xf800) == 0xf800 || (second & 0xf801) == 0xe800);
}
