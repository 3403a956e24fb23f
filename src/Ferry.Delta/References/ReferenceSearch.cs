namespace Ferry.Delta.References;

/// <summary>Finds the references in a piece of a region.</summary>
internal static class ReferenceSearch
{
    /// <summary>Adds to <paramref name="found"/>, in no certain order; of several for one place the first counts.</summary>
    /// <param name="region">What the bytes are part of.</param>
    /// <param name="bytes">The piece.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <param name="found">What was found.</param>
    public static void Find(Region region, ReadOnlySpan<byte> bytes, int offset, List<Reference> found)
    {
        switch (region.Kind)
        {
            case RegionKind.Bytes:
                break;
            case RegionKind.Arm:
                ArmReferences.Find(bytes, region.AddressOf(offset), found);
                break;
            case RegionKind.AArch64:
                AArch64References.Find(bytes, region.AddressOf(offset), found);
                break;
            case RegionKind.X64:
                X64References.Find(bytes, region.AddressOf(offset), found);
                break;
            default:
                TableReferences.Find(region, bytes, offset, found);
                break;
        }
    }

    /// <summary>Whether the anchor of a reference is an offset in the piece (true) or an address that is fixed.</summary>
    public static bool IsAnchoredWithin(RegionKind kind) => kind is not (RegionKind.Symbols32 or RegionKind.Symbols64 or RegionKind.BaseRelative32);
}
