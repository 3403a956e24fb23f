namespace Ferry.Elf.Stubs;

/// <summary>
/// The libraries of an older glibc, as far as a link can tell, made from those of a newer one. A library keeps every old version of its symbols,
/// so what an older one offered is what of it was there by then; the newest of these is what links took. What has changed its library since is put
/// back (<see cref="MovedSymbols"/>). Versions that are not glibc's stay as they are.
/// </summary>
public sealed class GlibcCeiling
{
    private const string Libc = "libc.so.6";

    private readonly Version ceiling;
    private readonly Dictionary<string, List<StubSymbol>> moved = [];
    private readonly SortedDictionary<string, Version> above = new(StringComparer.Ordinal);
    private readonly HashSet<string> below = [];

    private GlibcCeiling(Version ceiling) => this.ceiling = ceiling;

    /// <summary>The libraries as they were, those included that are there only for what was moved back.</summary>
    public IReadOnlyList<StubLibrary> Libraries { get; private set; } = [];

    /// <summary>What was left out: each symbol that links of today take and that came after the ceiling, with the version it came with, in order of names.</summary>
    public IReadOnlyList<(string Symbol, string Version)> Above { get; private set; } = [];

    /// <summary>Takes the libraries back to <paramref name="ceiling"/>.</summary>
    /// <param name="libraries">All of a system that may be linked against, its libc.so.6 among them; a name may occur once.</param>
    /// <param name="ceiling">A version of glibc such as 2.28.</param>
    public static GlibcCeiling Apply(IEnumerable<StubLibrary> libraries, Version ceiling)
    {
        ArgumentNullException.ThrowIfNull(libraries);
        ArgumentNullException.ThrowIfNull(ceiling);
        var result = new GlibcCeiling(ceiling);
        result.Run([.. libraries]);
        return result;
    }

    private void Run(List<StubLibrary> libraries)
    {
        var lowered = libraries.ConvertAll(Lower);
        foreach (var (name, symbols) in moved)
        {
            var at = lowered.FindIndex(library => library.SoName == name);
            if (at >= 0)
            {
                lowered[at] = With(lowered[at], symbols);
            }
            else
            {
                lowered.Add(With(lowered.Find(library => library.SoName == Libc)! with { SoName = name, Versions = [], Symbols = [] }, symbols));
            }
        }

        Libraries = lowered;
        Above = [.. above.Where(symbol => !below.Contains(symbol.Key)).Select(symbol => (symbol.Key, $"GLIBC_{symbol.Value}"))];
    }

    private StubLibrary Lower(StubLibrary library) => library with
    {
        Versions = [.. library.Versions.Where(IsKept)],
        Symbols = [.. library.Symbols.GroupBy(symbol => symbol.Name).SelectMany(symbol => Lower([.. symbol], library.SoName))],
    };

    /// <summary>What stays of one name in one library.</summary>
    private List<StubSymbol> Lower(List<StubSymbol> versions, string? library)
    {
        var kept = versions.FindAll(symbol => symbol.Version is null || IsKept(symbol.Version));
        if (versions.Exists(symbol => symbol.IsDefault && (symbol.Version is null || !GlibcVersion.IsOfFamily(symbol.Version))))
        {
            return kept;
        }

        var name = versions[0].Name;
        var oldLibrary = library == Libc && ceiling < MovedSymbols.Moved ? MovedSymbols.OldLibraryOf(name) : null;
        if (oldLibrary is null && !versions.Exists(symbol => symbol.IsDefault))
        {
            // For old programs only; no link has taken it for long.
            return kept;
        }

        if (kept.Count == 0)
        {
            AddAbove(name, versions);
            return [];
        }

        below.Add(name);
        var newest = kept.Max(NumberOf);
        var all = kept.ConvertAll(symbol => symbol with { IsDefault = NumberOf(symbol) == newest });
        if (oldLibrary is null)
        {
            return all;
        }

        var back = all.FindAll(symbol => NumberOf(symbol)! <= MovedSymbols.LastInOldLibrary);
        moved.TryAdd(oldLibrary, []);
        moved[oldLibrary].AddRange(back);
        return all.FindAll(symbol => !back.Contains(symbol));
    }

    private void AddAbove(string name, List<StubSymbol> versions)
    {
        if (versions.Select(NumberOf).Where(number => number is not null).Min() is { } first && (!above.TryGetValue(name, out var known) || first < known))
        {
            above[name] = first;
        }
    }

    private bool IsKept(string version) => !GlibcVersion.IsOfFamily(version) || (GlibcVersion.Number(version) is { } number && number <= ceiling);

    private static Version? NumberOf(StubSymbol symbol) => symbol.Version is null ? null : GlibcVersion.Number(symbol.Version);

    // A library that has the symbol itself is the one to believe.
    private static StubLibrary With(StubLibrary library, List<StubSymbol> symbols)
    {
        var own = library.Symbols.Select(symbol => (symbol.Name, symbol.Version)).ToHashSet();
        var added = symbols.Where(symbol => !own.Contains((symbol.Name, symbol.Version))).ToList();
        return library with
        {
            Versions = [.. library.Versions.Concat(added.Select(symbol => symbol.Version!).Distinct().OrderBy(GlibcVersion.Number)).Distinct()],
            // Objects of another library: their places are none here.
            Symbols = [.. library.Symbols, .. added.Select((symbol, at) => symbol with { Place = ulong.MaxValue - (ulong)at })],
        };
    }
}
