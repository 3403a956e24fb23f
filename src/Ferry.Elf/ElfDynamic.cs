namespace Ferry.Elf;

/// <summary>What the file tells the loader: its dynamic section, with the strings looked up.</summary>
public sealed class ElfDynamic
{
    private const uint PieFlag1 = 0x08000000;

    internal ElfDynamic(IReadOnlyList<ElfDynamicEntry> entries) => Entries = entries;

    /// <summary>All entries in the file's order, without the DT_NULL that ends them.</summary>
    public IReadOnlyList<ElfDynamicEntry> Entries { get; }

    /// <summary>The libraries that it needs (DT_NEEDED), in the order of the search for symbols.</summary>
    public IReadOnlyList<string> Needed { get; internal init; } = [];

    /// <summary>The name that others need it by (DT_SONAME).</summary>
    public string? SoName { get; internal init; }

    /// <summary>DT_RPATH: folders, colon-separated; the loader ignores them if there is a <see cref="RunPath"/>.</summary>
    public string? RPath { get; internal init; }

    /// <summary>DT_RUNPATH: folders, colon-separated, for the needed libraries; may hold $ORIGIN.</summary>
    public string? RunPath { get; internal init; }

    /// <summary>DT_FLAGS (DF_…), 0 if there is none.</summary>
    public ulong Flags => Value(DynamicTag.Flags) ?? 0;

    /// <summary>DT_FLAGS_1 (DF_1_…), 0 if there is none.</summary>
    public ulong Flags1 => Value(DynamicTag.Flags1) ?? 0;

    /// <summary>DF_1_PIE: a program, though its type is that of a shared object.</summary>
    public bool IsPie => (Flags1 & PieFlag1) != 0;

    /// <summary>The value of the first entry of that tag, or null.</summary>
    public ulong? Value(long tag)
    {
        foreach (var entry in Entries)
        {
            if (entry.Tag == tag)
            {
                return entry.Value;
            }
        }

        return null;
    }
}
