namespace Ferry.Packages.Formats;

/// <summary>One wish of a Depends field: "libssl3 (= 3.0.11-1~deb12u2)", "libc6:any (&gt;= 2.36)".</summary>
internal sealed record Dependency(string Name, string? Relation, string? Version)
{
    /// <summary>The wishes of a field; of each, the alternatives in their order (Debian Policy 7.1).</summary>
    public static IEnumerable<IReadOnlyList<Dependency>> Parse(string field) =>
        field.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(wish => wish.Split('|').Select(One).ToArray());

    private static Dependency One(string text)
    {
        var open = text.IndexOf('(');
        var name = (open < 0 ? text : text[..open]).Split(['[', '<'])[0].Split(':')[0].Trim();
        var words = open < 0 ? "" : text[(open + 1)..].TrimEnd().TrimEnd(')').Trim();
        var relation = new string([.. words.TakeWhile(letter => letter is '<' or '>' or '=')]);
        return relation.Length == 0 ? new(name, null, null) : new(name, relation, words[relation.Length..].Trim());
    }
}
