namespace Ferry.Remote.Trees;

/// <summary>Which files a package's tests leave behind for this PC, and where they go.</summary>
internal static class CrateResults
{
    private const string Criterion = "criterion";

    /// <summary>What tools are known to leave: criterion's figures, insta's new snapshots, coverage.</summary>
    private static readonly string[] Usual = ["target/criterion/**", "**/*.snap.new", "**/*.pending-snap", "*.profraw"];

    /// <param name="crate">The package.</param>
    /// <param name="target">cargo's output.</param>
    /// <param name="places">What the tree mirrors.</param>
    /// <param name="device">The device: criterion's figures of each lie apart.</param>
    /// <param name="warn">Hears what does not come back.</param>
    /// <param name="tell">Hears how many files came back, and into which folder apart.</param>
    public static TreeResults Of(CrateFacts crate, string target, IReadOnlyList<TreePlace> places, string device, Action<string> warn, Action<int, string?> tell)
    {
        var apart = Path.Combine(target, "ferry", device.Replace(':', '-'), Criterion);
        var patterns = new List<ResultPattern>();
        foreach (var text in crate.Results ?? Usual)
        {
            Add(patterns, text, crate, target, places);
        }

        if (Environment.GetEnvironmentVariable("LLVM_PROFILE_FILE") is { Length: > 0 } profile)
        {
            AddProfile(patterns, Path.GetFullPath(profile), places);
        }

        return new TreeResults
        {
            Patterns = patterns,
            Places = places,
            Apart = (Path.Combine(target, Criterion), apart),
            Warn = warn,
            Brought = (files, wentApart) => tell(files, wentApart ? apart : null),
        };
    }

    private static void Add(List<ResultPattern> patterns, string text, CrateFacts crate, string target, IReadOnlyList<TreePlace> places)
    {
        if (Glob.Parse(text) is not { } glob)
        {
            throw new FerryException($"'{text}' in results of [package.metadata.ferry] leads out of the package", help: "patterns are relative to the package's folder, such as \"out/**\", or to cargo's output: \"target/criterion/**\"");
        }

        const string Output = "target/";
        var isOutput = glob.Text.StartsWith(Output, StringComparison.Ordinal);
        var folder = PathIn(places, isOutput ? target : crate.Folder);
        glob = isOutput ? Glob.Parse(glob.Text[Output.Length..])! : glob;
        patterns.Add(new(folder, glob));
        if (!glob.Text.EndsWith("**", StringComparison.Ordinal))
        {
            patterns.Add(new(folder, Glob.Parse(glob.Text + "/**")!)); // what names a folder means everything in it
        }
    }

    /// <summary>%p, %m and the like become what only the program knows.</summary>
    private static void AddProfile(List<ResultPattern> patterns, string profile, IReadOnlyList<TreePlace> places)
    {
        var folder = Path.GetDirectoryName(profile)!;
        var name = System.Text.RegularExpressions.Regex.Replace(Path.GetFileName(profile), "%[0-9]*[a-zA-Z]", "*", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        if (places.Any(place => place.PathOf(folder) is not null) && Glob.Parse(name) is { } glob)
        {
            patterns.Add(new(PathIn(places, folder), glob));
        }
    }

    private static string PathIn(IReadOnlyList<TreePlace> places, string file) => places.Select(place => place.PathOf(file)).First(path => path is not null)!;
}
