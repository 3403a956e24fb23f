using System.Globalization;
using Ferry.Linking;

namespace Ferry.Debugging;

/// <summary>
/// The path of a plain function (no closure, no generic, no method of a type) that a symbol names, in either of rustc's manglings: the older one, and "v0" (RFC 2603).
/// </summary>
internal static class RustFunction
{
    /// <summary>Such as <c>hello::tests::adds</c>; null for other symbols.</summary>
    public static string? PathOf(string symbol)
    {
        if (symbol.StartsWith("_R", StringComparison.Ordinal))
        {
            var rest = symbol.AsSpan(2);
            return Path(ref rest) is { } path && (rest.IsEmpty || rest[0] == '.') ? path : null;
        }

        var readable = RustSymbol.Readable(symbol);
        return readable == symbol ? null : readable;
    }

    // path = "C" identifier | "N" namespace path identifier; lower-case namespaces are modules ("t") and functions ("v").
    private static string? Path(ref ReadOnlySpan<char> rest)
    {
        if (Take(ref rest, 'C'))
        {
            return Identifier(ref rest);
        }

        if (!Take(ref rest, 'N') || !(Take(ref rest, 't') || Take(ref rest, 'v')))
        {
            return null;
        }

        return Path(ref rest) is { } outer && Identifier(ref rest) is { } name ? outer + "::" + name : null;
    }

    // ["s" base-62 "_"] length ["_"] bytes; "u" before the length would be punycode.
    private static string? Identifier(ref ReadOnlySpan<char> rest)
    {
        if (Take(ref rest, 's'))
        {
            var end = rest.IndexOf('_');
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return null;
        }

        rest = rest[digits..];
        _ = Take(ref rest, '_');
        if (length > rest.Length)
        {
            return null;
        }

        var name = rest[..length].ToString();
        rest = rest[length..];
        return name;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char letter)
    {
        if (rest.IsEmpty || rest[0] != letter)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }
}
