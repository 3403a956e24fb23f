namespace Ferry.Elf;

/// <summary>
/// Reads .gnu.version_r and .gnu.version_d (LSB, "Symbol Versioning"): chains of structures that name the distance to
/// the next. Entries of real chains do not overlap, so no more of them are read than fit: a hostile chain ends, too.
/// </summary>
internal static class VersionTables
{
    private const ulong NeedSize = 16;
    private const ulong NeededSize = 16;
    private const ulong DefinitionSize = 20;
    private const ulong NameSize = 8;

    public static List<ElfVersionNeed> Needs(ElfBytes table, ElfBytes strings, ulong count)
    {
        const string What = "the needed versions";
        var needs = new List<ElfVersionNeed>();
        var names = new StringTable(strings);
        var room = table.Length;
        for (ulong at = 0; (ulong)needs.Count < count;)
        {
            Take(ref room, NeedSize, table, at, What);
            var fields = new ElfCursor(table, at, What);
            _ = fields.U16(); // vn_version
            var versionCount = fields.U16();
            var file = names.Text(fields.U32(), "a needed version's file");
            var first = fields.U32();
            var next = fields.U32();
            needs.Add(new ElfVersionNeed(file, Versions(table, at + first, versionCount, ref names, ref room)));
            if (next == 0)
            {
                break;
            }

            at += next;
        }

        return needs;
    }

    private static List<ElfNeededVersion> Versions(ElfBytes table, ulong at, ushort count, ref StringTable names, ref ulong room)
    {
        const string What = "a needed version";
        var versions = new List<ElfNeededVersion>();
        while (versions.Count < count)
        {
            Take(ref room, NeededSize, table, at, What);
            var fields = new ElfCursor(table, at, What);
            var hash = fields.U32();
            var flags = fields.U16();
            var index = fields.U16();
            var name = names.Text(fields.U32(), "a needed version's name");
            var next = fields.U32();
            versions.Add(new ElfNeededVersion(name, hash, flags, index, []));
            if (next == 0)
            {
                break;
            }

            at += next;
        }

        return versions;
    }

    public static List<ElfVersionDefinition> Definitions(ElfBytes table, ElfBytes strings, ulong count)
    {
        const string What = "the defined versions";
        var definitions = new List<ElfVersionDefinition>();
        var names = new StringTable(strings);
        var room = table.Length;
        for (ulong at = 0; (ulong)definitions.Count < count;)
        {
            Take(ref room, DefinitionSize, table, at, What);
            var fields = new ElfCursor(table, at, What);
            _ = fields.U16(); // vd_version
            var flags = fields.U16();
            var index = fields.U16();
            var nameCount = fields.U16();
            var hash = fields.U32();
            var first = fields.U32();
            var next = fields.U32();
            var chain = Names(table, at + first, nameCount, ref names, ref room);
            definitions.Add(new ElfVersionDefinition(chain.FirstOrDefault() ?? "", hash, flags, index, [.. chain.Skip(1)]));
            if (next == 0)
            {
                break;
            }

            at += next;
        }

        return definitions;
    }

    /// <summary>The first name is the version's own, the rest are those of its parents.</summary>
    private static List<string> Names(ElfBytes table, ulong at, ushort count, ref StringTable names, ref ulong room)
    {
        const string What = "a defined version's names";
        var chain = new List<string>();
        while (chain.Count < count)
        {
            Take(ref room, NameSize, table, at, What);
            chain.Add(names.Text(table.U32(at, What), "a defined version's name"));
            var next = table.U32(at + 4, What);
            if (next == 0)
            {
                break;
            }

            at += next;
        }

        return chain;
    }

    private static void Take(ref ulong room, ulong size, ElfBytes table, ulong at, string what)
    {
        if (room < size)
        {
            throw table.Error(at, what + " have more entries than fit");
        }

        room -= size;
    }
}
