using System.Buffers.Binary;

namespace Ferry.Delta.References;

/// <summary>Tables: addresses, relocations, symbols, what unwinding reads.</summary>
internal static class TableReferences
{
    public static void Find(Region region, ReadOnlySpan<byte> table, int offset, List<Reference> found)
    {
        switch (region.Kind)
        {
            case RegionKind.Addresses32:
                Addresses(table, 4, 4, 0, found);
                break;
            case RegionKind.Rel32:
                Addresses(table, 4, 8, Lead(8), found);
                break;
            case RegionKind.Rela64:
                Addresses(table, 8, 24, Lead(24), found);
                Addresses(table, 8, 24, Lead(24) + 16, found);
                break;
            case RegionKind.Symbols32:
                Names(region, table, 16, Lead(16), found);
                Addresses(table, 4, 16, Lead(16) + 4, found);
                break;
            case RegionKind.Symbols64:
                Names(region, table, 24, Lead(24), found);
                Addresses(table, 8, 24, Lead(24) + 8, found);
                break;
            case RegionKind.Relative31:
            case RegionKind.Relative31ToCode:
            case RegionKind.Relative32:
                Relative(region, table, offset, found);
                break;
            case RegionKind.BaseRelative32:
                Names(region, table, 4, 0, found);
                break;
        }

        // From the piece to the next entry of the table.
        int Lead(int entry) => (entry - ((offset - region.Offset) % entry)) % entry;
    }

    private static void Addresses(ReadOnlySpan<byte> table, int size, int stride, int first, List<Reference> found)
    {
        for (var at = first; at + size <= table.Length; at += stride)
        {
            var value = size == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(table[at..]) : BinaryPrimitives.ReadInt64LittleEndian(table[at..]);
            if (value != 0)
            {
                found.Add(new(size == 4 ? ReferenceForm.Address32 : ReferenceForm.Address64, at, value));
            }
        }
    }

    private static void Names(Region region, ReadOnlySpan<byte> table, int stride, int first, List<Reference> found)
    {
        for (var at = first; at + 4 <= table.Length; at += stride)
        {
            found.Add(new(ReferenceForm.Relative32, at, region.Base + BinaryPrimitives.ReadInt32LittleEndian(table[at..]), region.Base));
        }
    }

    private static void Relative(Region region, ReadOnlySpan<byte> table, int offset, List<Reference> found)
    {
        var half = region.Kind != RegionKind.Relative32;
        for (var at = 0; at + 4 <= table.Length; at += 4)
        {
            var word = BinaryPrimitives.ReadInt32LittleEndian(table[at..]);
            var distance = half ? word << 1 >> 1 : word;
            var target = region.AddressOf(offset + at) + distance;
            // Inline unwinding code has the top bit.
            if (region.Kind == RegionKind.Relative31 ? word >= 0 : region.LeadsToCode(target))
            {
                found.Add(new(half ? ReferenceForm.Relative31 : ReferenceForm.Relative32, at, target, at));
            }
            else if (region.Kind == RegionKind.Relative32 && word > 0 && word <= offset + at - region.Offset)
            {
                found.Add(new(ReferenceForm.Backwards32, at, region.AddressOf(offset + at) - word, at));
            }
        }
    }
}
