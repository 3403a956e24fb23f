namespace Ferry.Elf.Debug;

/// <summary>The functions of a unit, and the calls inlined into them, by their addresses.</summary>
internal sealed class UnitFunctions
{
    private const int DeepestTree = 1 << 12;

    /// <summary>Each at once with its other ranges: the number of the first is what children call their parent.</summary>
    private readonly List<FunctionScope> scopes = [];
    private readonly int mostRanges;

    private UnitFunctions(int mostRanges) => this.mostRanges = mostRanges;

    public static UnitFunctions Read(DwarfUnit unit, DebugSections sections)
    {
        // No unit has more ranges of functions than bytes; lists that are shared could make it so.
        var functions = new UnitFunctions((int)(unit.End - unit.First) + 1024);
        var parents = new Stack<int>();
        var around = -1;
        var entry = new DwarfEntry();
        var cursor = sections.At(sections.Info, unit.First).Until(unit.End);
        while (!cursor.IsAtEnd)
        {
            entry.Read(ref cursor, unit.Format, unit.Abbreviations);
            if (entry.Tag == 0)
            {
                if (!parents.TryPop(out around))
                {
                    break; // padding behind the last entry
                }

                continue;
            }

            var here = entry.Tag switch
            {
                DwarfTag.Subprogram => functions.Add(entry, RangeReader.Of(entry, unit, sections), parents.Count, -1),
                DwarfTag.InlinedSubroutine => functions.Add(entry, RangeReader.Of(entry, unit, sections), parents.Count, around),
                _ => around,
            };
            if (entry.HasChildren)
            {
                if (parents.Count >= DeepestTree)
                {
                    throw cursor.Error("the entries of the debug info lie too deep in each other");
                }

                parents.Push(around);
                around = here;
            }
        }

        return functions;
    }

    /// <summary>The scopes around an address, the innermost first, the last one a function.</summary>
    public IEnumerable<FunctionScope> Around(ulong address)
    {
        var innermost = -1;
        for (var i = 0; i < scopes.Count; i++)
        {
            if (scopes[i].Range.Contains(address) && (innermost < 0 || scopes[i].Depth >= scopes[innermost].Depth))
            {
                innermost = i;
            }
        }

        for (var i = innermost; i >= 0; i = scopes[i].Parent)
        {
            yield return scopes[i];
        }
    }

    private int Add(DwarfEntry entry, IReadOnlyList<AddressRange> ranges, int depth, int parent)
    {
        var first = scopes.Count;
        foreach (var range in ranges.Count > 0 ? ranges : [default])
        {
            if (scopes.Count > mostRanges)
            {
                throw new ElfFormatException((long)entry.Offset, "the functions of a unit have too many ranges");
            }

            scopes.Add(new FunctionScope(range, entry.Offset, depth, parent, entry.CallFile, entry.CallLine, entry.CallColumn));
        }

        return first;
    }
}
