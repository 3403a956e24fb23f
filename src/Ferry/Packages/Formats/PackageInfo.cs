namespace Ferry.Packages.Formats;

/// <summary>What a package says of itself, in its own control file, dpkg's status or an archive's index.</summary>
internal sealed record PackageInfo
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Architecture { get; init; }

    public string Section { get; init; } = "";

    public string Depends { get; init; } = "";

    public string Provides { get; init; } = "";

    /// <summary>The name of the source package; several packages are built of one.</summary>
    public string Source { get; init; } = "";

    public bool IsLibrary => Section is "libs" or "oldlibs" || Section.EndsWith("/libs", StringComparison.Ordinal);

    public IEnumerable<IReadOnlyList<Dependency>> Needs => Dependency.Parse(Depends);

    public IEnumerable<string> Names => Dependency.Parse(Provides).Select(provided => provided[0].Name).Prepend(Name);

    public static PackageInfo Of(IReadOnlyDictionary<string, string> fields) => new()
    {
        Name = Needed(fields, "Package"),
        Version = Needed(fields, "Version"),
        Architecture = Needed(fields, "Architecture"),
        Section = fields.GetValueOrDefault("Section", ""),
        Depends = string.Join(", ", new[] { "Pre-Depends", "Depends" }.Select(name => fields.GetValueOrDefault(name, "")).Where(text => text.Length > 0)),
        Provides = fields.GetValueOrDefault("Provides", ""),
        Source = fields.Words("Source").FirstOrDefault() ?? fields.GetValueOrDefault("Package", ""),
    };

    private static string Needed(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new InvalidDataException($"a package that does not say its {name}");
}
