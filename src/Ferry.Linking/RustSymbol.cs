using System.Globalization;
using System.Text;

namespace Ferry.Linking;

/// <summary>Rust's symbols as paths, those of the older form (<c>_ZN3std2io…17h0123456789abcdefE</c>) and of the newer one (<c>_RNvNtC3std2io…</c>); all others stay as they are.</summary>
public static class RustSymbol
{
    private static readonly (string Written, string Meant)[] Escapes =
    [
        ("$LT$", "<"), ("$GT$", ">"), ("$RF$", "&"), ("$BP$", "*"), ("$LP$", "("), ("$RP$", ")"), ("$C$", ","), ("$u20$", " "), ("$u27$", "'"), ("$u5b$", "["),
        ("$u5d$", "]"), ("$u7b$", "{"), ("$u7d$", "}"), ("$u3b$", ";"), ("$u2b$", "+"), ("$u22$", "\""), ("..", "::"),
    ];

    /// <summary>Such as <c>std::io::stdio::print</c>.</summary>
    public static string Readable(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (NewRustSymbol.Readable(symbol) is { } path)
        {
            return path;
        }

        var parts = symbol.StartsWith("_ZN", StringComparison.Ordinal) ? Parts(symbol) : [];
        return parts is [.., ['h', ..] hash] && hash.Length == 17 && parts.Count > 1 ? string.Join("::", parts.SkipLast(1).Select(Unescaped)) : symbol;
    }

    private static List<string> Parts(string symbol)
    {
        var parts = new List<string>();
        var at = 3;
        while (at < symbol.Length && char.IsAsciiDigit(symbol[at]))
        {
            var digits = symbol[at..].TakeWhile(char.IsAsciiDigit).Count();
            if (!int.TryParse(symbol.AsSpan(at, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > symbol.Length - at - digits)
            {
                return [];
            }

            parts.Add(symbol.Substring(at + digits, length));
            at += digits + length;
        }

        return parts;
    }

    private static string Unescaped(string part)
    {
        var text = new StringBuilder(part.StartsWith("_$", StringComparison.Ordinal) ? part[1..] : part);
        foreach (var (written, meant) in Escapes)
        {
            text.Replace(written, meant);
        }

        return text.ToString();
    }
}
