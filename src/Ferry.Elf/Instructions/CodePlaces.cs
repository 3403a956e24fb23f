namespace Ferry.Elf.Instructions;

/// <summary>What a look at all code brings up: for each feature and function the first instruction and how many there are.</summary>
internal sealed class CodePlaces(Func<FunctionMap> functionsOf)
{
    private readonly Lazy<FunctionMap> functions = new(functionsOf);
    private readonly Dictionary<(string Feature, FunctionPlace? Function), CodePlace> places = [];
    private CodePlace? last;

    public IEnumerable<CodePlace> All => places.Values;

    public void Add(ElfSection section, long offset, string feature, string instruction)
    {
        if (last is { } same && ReferenceEquals(same.Section, section) && same.Feature == feature && same.Function is { } its && offset >= its.Start && offset < its.End)
        {
            same.Count++;
            return;
        }

        var function = functions.Value.PlaceAt(section, offset);
        if (!places.TryGetValue((feature, function), out var place))
        {
            places.Add((feature, function), place = new CodePlace(feature, instruction, section, offset, function));
        }

        place.Count++;
        last = place;
    }
}
