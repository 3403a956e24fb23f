namespace Ferry.Remote.Trees;

/// <summary>
/// A pattern of paths: <c>*</c> and <c>?</c> within a name, <c>**</c> as a name for any number of folders, none included. The device's agent
/// reads the same patterns (device/agent/results.rs).
/// </summary>
internal sealed class Glob
{
    private const string AnyDepth = "**";

    private readonly string[] names;

    private Glob(string[] names)
    {
        this.names = names;
        Text = string.Join('/', names);
    }

    public string Text { get; }

    /// <summary>The folder in which everything lies that can match: the names before the first with a wildcard, without the last name.</summary>
    public string FixedFolder => string.Join('/', names.TakeWhile((name, index) => !HasWildcard(name) && index < names.Length - 1));

    public bool IsPlain => !names.Any(HasWildcard);

    /// <summary>Null for what is no pattern of paths below a folder: an absolute one, one with a name of "" or "..".</summary>
    public static Glob? Parse(string text)
    {
        var parts = text.TrimEnd('/').Split('/').Where(name => name != ".").ToArray();
        return parts.Length == 0 || parts.Any(name => name.Length == 0 || name == ".." || name.Contains('\\') || name.Contains('\0')) ? null : new Glob(parts);
    }

    public bool Matches(string path) => Matches(names, path.Split('/'));

    private static bool HasWildcard(string name) => name.AsSpan().IndexOfAny('*', '?') >= 0;

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern[0] != AnyDepth)
        {
            return !path.IsEmpty && MatchesName(pattern[0], path[0]) && Matches(pattern[1..], path[1..]);
        }

        // At the end it stands for the files below, not for the folder itself.
        if (pattern.Length == 1)
        {
            return !path.IsEmpty;
        }

        for (var skipped = 0; skipped <= path.Length; skipped++)
        {
            if (Matches(pattern[1..], path[skipped..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] != '*')
        {
            return !name.IsEmpty && (pattern[0] == '?' || pattern[0] == name[0]) && MatchesName(pattern[1..], name[1..]);
        }

        for (var taken = 0; taken <= name.Length; taken++)
        {
            if (MatchesName(pattern[1..], name[taken..]))
            {
                return true;
            }
        }

        return false;
    }
}
