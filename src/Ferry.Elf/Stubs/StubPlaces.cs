namespace Ferry.Elf.Stubs;

/// <summary>
/// Where the objects of one kind lie: one after the other, so that two that were one thing stay one, and two that were not stay two.
/// </summary>
internal sealed class StubPlaces
{
    private readonly Dictionary<ulong, ulong> places = [];

    public ulong Size { get; private set; }

    public ulong Alignment { get; private set; } = 1;

    /// <param name="symbols">All of one kind, in the order of the table.</param>
    public StubPlaces(IEnumerable<StubSymbol> symbols)
    {
        foreach (var names in symbols.GroupBy(symbol => symbol.Place))
        {
            var alignment = names.Max(symbol => symbol.Alignment);
            Size = (Size + alignment - 1) & ~(alignment - 1);
            Alignment = Math.Max(Alignment, alignment);
            places[names.Key] = Size;
            // Something of no size has a place of its own, too.
            Size += Math.Max(1, names.Max(symbol => symbol.Size));
        }
    }

    /// <summary>The distance from the start of the section.</summary>
    public ulong Of(StubSymbol symbol) => places[symbol.Place];
}
