namespace Ferry.Elf;

/// <summary>
/// Looks names up in a string table. Strings of one table may overlap, so a small hostile file could ask for
/// gigabytes of them: together they may not be longer than any real file's.
/// </summary>
internal ref struct StringTable(ElfBytes table)
{
    private const ulong FreeBytes = 64 << 20;

    private readonly ElfBytes table = table;
    private readonly ulong allowed = FreeBytes + (4 * table.Length);
    private ulong used;

    /// <summary>The string at that offset. A table without any byte has only empty names.</summary>
    public string Text(ulong at, string what)
    {
        if (table.Length == 0)
        {
            return "";
        }

        var chars = table.Chars(at, what);
        used += (ulong)chars.Length;
        if (used > allowed)
        {
            throw table.Error(at, "the strings of one table overlap too much");
        }

        return System.Text.Encoding.UTF8.GetString(chars);
    }
}
