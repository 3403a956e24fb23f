namespace Ferry.Elf.Instructions;

/// <summary><see cref="A64Rows"/> by the eleven highest bits, so that most words cost one look.</summary>
internal static class A64Table
{
    private const int Shift = 21;

    private static readonly A64Row[]?[] Rows = [.. Enumerable.Range(0, 1 << (32 - Shift)).Select(Near)];

    /// <summary>What ARMv8.0 does not know of a word, or null.</summary>
    public static A64Row? Find(uint word)
    {
        if (Rows[word >> Shift] is { } near)
        {
            foreach (var row in near)
            {
                if (row.Holds(word))
                {
                    return row.Feature is null ? null : row;
                }
            }
        }

        return null;
    }

    private static A64Row[]? Near(int index)
    {
        var bits = (uint)index << Shift;
        var near = Array.FindAll(A64Rows.All, row => ((row.Value ^ bits) & row.Mask & (uint.MaxValue << Shift)) == 0);
        return near.Length > 0 ? near : null;
    }
}
