using Ferry.Delta.References;

namespace Ferry.Delta;

/// <summary>
/// A file in which references say what they refer to and no longer where they stand: what is the same in two files then looks the same,
/// wherever it lies.
/// </summary>
internal static class Canonical
{
    /// <summary>Rewrites some of the regions.</summary>
    /// <param name="image">The file.</param>
    /// <param name="bytes">Its bytes, written over.</param>
    /// <param name="map">Where its addresses went in the file that it is compared with; null for that file itself.</param>
    /// <param name="regions">The regions.</param>
    public static void Rewrite(Image image, Span<byte> bytes, AddressMap? map, IReadOnlyList<Region> regions)
    {
        var references = new List<Reference>();
        foreach (var region in regions)
        {
            references.Clear();
            ReferenceSearch.Find(region, image.Bytes.Span.Slice(region.Offset, region.Length), region.Offset, references);
            var part = bytes.Slice(region.Offset, region.Length);
            foreach (var reference in references)
            {
                // A region that refers to itself cannot be told by where that is, before it is known what moved where in it.
                var target = reference.Form == ReferenceForm.Backwards32 ? 0 : map is null ? reference.Target : map[reference.Target];
                reference.Write(part[reference.Offset..], 0, target);
            }
        }
    }
}
