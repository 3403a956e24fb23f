namespace Ferry.Toolchain.CargoFiles;

/// <summary>A project's own configuration of cargo: what it says, and what it will say with Ferry's entries.</summary>
/// <param name="Path">The file.</param>
/// <param name="Before">Its text as it is; empty where there is none.</param>
/// <param name="After">Its text as it is to be.</param>
/// <param name="Kept">Variables that the user set there, in place of which Ferry's stay out.</param>
internal sealed record CargoFile(string Path, string Before, string After, IReadOnlyList<CargoEntry> Kept)
{
    public bool Changes => Before != After;

    /// <summary>Works out the new text, and has cargo read it. Nothing is written.</summary>
    /// <exception cref="FerryException">A setting of the user's stands against it, or the file is of a form that cannot be completed line by line.</exception>
    public static CargoFile Complete(RustToolchain rust, string root, IReadOnlyList<CargoEntry> wanted)
    {
        var path = PathIn(root);
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        var own = CargoFileText.Without(before);
        var said = CargoFileReading.OfText(rust, own);
        ThrowIfAgainst(path, said, wanted);
        var kept = wanted.Where(entry => entry.IsVariable && IsSaid(said, entry)).ToList();
        var missing = wanted.Where(entry => !IsSaid(said, entry)).ToList();
        var after = CargoFileText.With(own, missing);
        var expected = said.Concat(missing.Select(entry => KeyValuePair.Create(entry.Path, entry.Value)));
        return SaysJust(rust, after, expected) ? new(path, before, after, [.. kept.Where(entry => said.GetValueOrDefault(entry.Path) != entry.Value)])
            : throw new FerryException($"cannot complete '{path}': it is written in a form that Ferry does not change", help: "put these lines in yourself:\n" + CargoFileText.With("", missing).Replace(" " + CargoFileText.Mark, "", StringComparison.Ordinal).TrimEnd());
    }

    /// <summary>cargo takes the file without an ending before the one with it.</summary>
    private static string PathIn(string root)
    {
        var folder = System.IO.Path.Combine(root, ".cargo");
        var old = System.IO.Path.Combine(folder, "config");
        return File.Exists(old) ? old : System.IO.Path.Combine(folder, "config.toml");
    }

    private static bool IsSaid(IReadOnlyDictionary<string, string> said, CargoEntry entry) => Against(said, entry).Any();

    /// <summary>What the file says in the entry's place, whatever its form.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Against(IReadOnlyDictionary<string, string> said, CargoEntry entry) =>
        said.Where(pair => CargoFileReading.IsIn(pair.Key, CargoFileReading.Join([.. entry.Table, entry.Key])));

    private static void ThrowIfAgainst(string path, IReadOnlyDictionary<string, string> said, IReadOnlyList<CargoEntry> wanted)
    {
        var against = wanted.Where(entry => !entry.IsVariable)
            .SelectMany(entry => Against(said, entry).Where(pair => pair.Key != entry.Path || pair.Value != entry.Value).Select(pair => $"{CargoFileReading.Shown(pair.Key)} is '{pair.Value}', and would have to be '{entry.Value}'"))
            .ToList();
        if (against.Count > 0)
        {
            throw new FerryException($"'{path}' has settings of its own, which Ferry does not change", string.Join('\n', against), "remove them there, and type it again; ferry run needs none of this");
        }
    }

    private static bool SaysJust(RustToolchain rust, string text, IEnumerable<KeyValuePair<string, string>> expected)
    {
        try
        {
            return CargoFileReading.OfText(rust, text).ToHashSet().SetEquals(expected);
        }
        catch (FerryException)
        {
            return false;
        }
    }
}
