namespace Ferry.Linking;

/// <summary>
/// Which crate a function is of, by its mangled name alone. Generic code counts for the crate that wrote it, whoever uses it; an implementation of a trait
/// for the crate of the type, or of the trait where the type is a library's of Rust's own or has no crate.
/// </summary>
public static class SymbolCrate
{
    private static readonly string[] RustsOwn = ["core", "alloc", "std"];

    /// <summary>The crate, or null for what is not Rust's.</summary>
    public static string? Of(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol.StartsWith("_R", StringComparison.Ordinal) ? OfNewForm(new MangledText(symbol.AsSpan(2)))
            : RustSymbol.Readable(symbol) is var path && !ReferenceEquals(path, symbol) ? OfPath(path) : null;
    }

    private static string? OfPath(string path)
    {
        if (!path.StartsWith('<'))
        {
            return First(path);
        }

        // <TYPE as TRAIT>::function, <TYPE>::function
        var end = path.LastIndexOf(">::", StringComparison.Ordinal);
        var inside = end > 0 ? path.AsSpan(1, end - 1) : path.AsSpan(1);
        var between = Between(inside);
        var type = First(between < 0 ? inside : inside[..between]);
        var trait = between < 0 ? null : First(inside[(between + 4)..]);
        return type is null || (RustsOwn.Contains(type) && trait is not null && !RustsOwn.Contains(trait)) ? trait ?? type ?? "core" : type;
    }

    /// <summary>Where " as " stands outside of all brackets, or -1.</summary>
    private static int Between(ReadOnlySpan<char> text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '<' or '(' or '[' ? 1 : text[i] is ')' or ']' || (text[i] == '>' && (i == 0 || text[i - 1] != '-')) ? -1 : 0;
            if (depth == 0 && text[i..].StartsWith(" as ", StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    // alloc::vec::Vec<T>, &mut foo::Bar, [foo::Bar], dyn foo::Trait; a name without :: is a parameter or of the language.
    private static string? First(ReadOnlySpan<char> type)
    {
        var rest = type;
        for (var before = -1; before != rest.Length;)
        {
            before = rest.Length;
            rest = rest.TrimStart("&*[( ");
            foreach (var word in (ReadOnlySpan<string>)["mut ", "const ", "dyn "])
            {
                rest = rest.StartsWith(word, StringComparison.Ordinal) ? rest[word.Length..] : rest;
            }
        }

        var end = rest.IndexOf("::", StringComparison.Ordinal);
        return end > 0 && !rest[..end].ContainsAnyExcept(NameLetters) ? rest[..end].ToString() : null;
    }

    private static readonly System.Buffers.SearchValues<char> NameLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>RFC 2603: the first crate root of the first path.</summary>
    private static string? OfNewForm(MangledText path)
    {
        while (true)
        {
            switch (path.Next())
            {
                case 'N':
                    _ = path.Next();
                    break;
                case 'I' or 'Y':
                    break;
                case 'M' or 'X':
                    WithoutDisambiguator(ref path);
                    break;
                case 'C':
                    WithoutDisambiguator(ref path);
                    return path.Name(out var name) && name.Length > 0 ? name.ToString() : null;
                default:
                    return null;
            }
        }
    }

    private static void WithoutDisambiguator(ref MangledText path)
    {
        if (path.Take('s'))
        {
            _ = path.Base62();
        }
    }
}
