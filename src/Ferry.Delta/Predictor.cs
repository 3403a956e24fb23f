using Ferry.Delta.References;

namespace Ferry.Delta;

/// <summary>What a block of the old file becomes at its new place when everything that it refers to went where the map says.</summary>
internal sealed class Predictor(ReadOnlyMemory<byte> old, AddressMap map)
{
    private readonly List<Reference> references = [];

    /// <summary>Fills <paramref name="predicted"/>, which is as long as the block.</summary>
    public void Predict(Block block, Region from, Region to, Span<byte> predicted)
    {
        var bytes = old.Span.Slice(block.Old, block.Length);
        bytes.CopyTo(predicted);
        references.Clear();
        ReferenceSearch.Find(from, bytes, block.Old, references);
        var start = ReferenceSearch.IsAnchoredWithin(from.Kind) ? to.AddressOf(block.New) : to.Base;
        foreach (var reference in references)
        {
            var anchor = ReferenceSearch.IsAnchoredWithin(from.Kind) ? start + reference.Anchor : start;
            reference.Write(predicted[reference.Offset..], anchor, map[reference.Target]);
        }
    }
}
