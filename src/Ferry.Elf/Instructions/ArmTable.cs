namespace Ferry.Elf.Instructions;

/// <summary>
/// <see cref="ArmRows"/> by the bits that tell most instructions apart (31 to 28 all set, 27 to 20, 7 to 4), so that most words cost one look.
/// </summary>
internal static class ArmTable
{
    private const uint IndexBits = 0x0ff000f0;
    private const int Half = 1 << 12;

    private static readonly InstructionRow[]?[] Rows = [.. Buckets(ArmRows.Conditional), .. Buckets(ArmRows.Unconditional)];

    /// <summary>What ARMv6 does not know of a word, or null.</summary>
    public static InstructionRow? Find(uint word) => Rows[IndexOf(word)] is { } rows ? Find(rows, word) : null;

    /// <summary>Whether it is an instruction of the floating-point unit (coprocessors 10 and 11) that VFPv2 has already: A7.5, A7.6, A7.8, A7.9.</summary>
    public static bool IsVfp(uint word) =>
        (word & 0x0e00) == 0x0a00 && word < 0xf0000000 && ((word & 0x0f000000) == 0x0e000000 || ((word & 0x0e000000) == 0x0c000000 && (word & 0x0fa00000) != 0x0c000000));

    private static int IndexOf(uint word) => (int)(((word >> 16) & 0xff0) | ((word >> 4) & 0xf)) + (word >= 0xf0000000 ? Half : 0);

    private static InstructionRow? Find(InstructionRow[] rows, uint word)
    {
        foreach (var row in rows)
        {
            if (row.Holds(word))
            {
                return row;
            }
        }

        return ReachesPastD15(word) ? new(0, 0, "vldm or vstm of d16 to d31", ArmNeed.VfpD32) : null;
    }

    // A8.8.332: vldm and vstm of doubles name the first register, and two words for each.
    private static bool ReachesPastD15(uint word) => IsDoubleList(word) && ((word >> 12) & 15) + ((word & 0xff) / 2) > 16;

    private static bool IsDoubleList(uint word) => (word & 0x0f800f00) == 0x0c800b00 || (word & 0x0fa00f00) == 0x0d200b00;

    private static IEnumerable<InstructionRow[]?> Buckets(InstructionRow[] rows)
    {
        for (var index = 0u; index < Half; index++)
        {
            var bits = ((index & 0xff0) << 16) | ((index & 0xf) << 4);
            var near = Array.FindAll(rows, row => ((row.Value ^ bits) & row.Mask & IndexBits) == 0);
            yield return near.Length > 0 || (rows == ArmRows.Conditional && (index >> 9) == 0b110) ? near : null;
        }
    }
}
