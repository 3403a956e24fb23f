namespace Ferry.Elf.Debug;

/// <summary>DWARF 5, 7.5.3: what the entries of a unit look like, by their codes.</summary>
internal sealed class AbbreviationTable
{
    private readonly Dictionary<ulong, Abbreviation> byCode = [];

    private AbbreviationTable()
    {
    }

    public static AbbreviationTable Read(DwarfCursor cursor)
    {
        var table = new AbbreviationTable();
        while (cursor.Uleb() is var code and not 0)
        {
            var tag = cursor.Uleb();
            var hasChildren = cursor.U8() != 0;
            var attributes = new List<AttributeForm>();
            while (true)
            {
                var (name, form) = (cursor.Uleb(), cursor.Uleb());
                var constant = form == 0x21 ? cursor.Sleb() : 0;
                if (name == 0 && form == 0)
                {
                    break;
                }

                attributes.Add(new AttributeForm(name, form, constant));
            }

            table.byCode[code] = new Abbreviation(tag, hasChildren, [.. attributes]);
        }

        return table;
    }

    public Abbreviation? Find(ulong code) => byCode.GetValueOrDefault(code);
}
