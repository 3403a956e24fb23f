namespace Ferry.Delta.Coding;

/// <summary>A symbol as a walk down a binary tree, each of whose forks has learnt how likely either way is.</summary>
internal static class Tree
{
    /// <param name="coder">Writes or reads.</param>
    /// <param name="models">The forks, 2 to the power of <paramref name="bits"/> of them.</param>
    /// <param name="bits">How many bits the symbol has.</param>
    /// <param name="symbol">The symbol, when writing.</param>
    public static int Code(IBitCoder coder, Span<BitModel> models, int bits, int symbol)
    {
        var node = 1;
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            node = (node << 1) | coder.Bit(ref models[node], (symbol >> bit) & 1);
        }

        return node - (1 << bits);
    }
}
