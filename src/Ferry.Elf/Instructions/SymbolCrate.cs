using System.Globalization;
using System.Text.RegularExpressions;

namespace Ferry.Elf.Instructions;

/// <summary>The crate that a function's symbol belongs to, by both forms of Rust's mangling: the older <c>_ZN</c> and the newer <c>_R</c> (RFC 2603).</summary>
internal static partial class SymbolCrate
{
    private static readonly HashSet<string> Own =
        ["std", "core", "alloc", "compiler_builtins", "std_detect", "panic_unwind", "panic_abort", "unwind", "test", "proc_macro"];

    /// <summary>Null for what is not Rust's.</summary>
    public static string? Of(string symbol)
    {
        if (symbol.StartsWith("_R", StringComparison.Ordinal))
        {
            return Name(Newer().Match(symbol), symbol);
        }

        if (!symbol.StartsWith("_ZN", StringComparison.Ordinal) || Older().Match(symbol) is not { Success: true } first)
        {
            return null;
        }

        // "_ZN66_$LT$sha2..Sha256$u20$as$u20$digest..Digest$GT$": a method of a trait for sha2's type.
        var name = Name(first, symbol) ?? "";
        return name.StartsWith("_$LT$", StringComparison.Ordinal) ? TypesCrate().Match(name).Groups[1].Value : name;
    }

    /// <summary>Whether it is of Rust's own libraries.</summary>
    public static bool IsRustsOwn(string? crate) => crate is not null && Own.Contains(crate);

    private static string? Name(Match match, string symbol) =>
        match.Success && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= symbol.Length - match.Index - match.Length
            ? symbol.Substring(match.Index + match.Length, length).TrimStart('_').Length == 0 ? null : symbol.Substring(match.Index + match.Length, length) : null;

    // Behind "17h" stands a hash, without which it is C++'s.
    [GeneratedRegex("^_ZN([0-9]+)(?=.*17h[0-9a-f]{16}E)")]
    private static partial Regex Older();

    [GeneratedRegex("C(?:s[0-9a-zA-Z]*_)?([0-9]+)_?(?=[a-z_])")]
    private static partial Regex Newer();

    [GeneratedRegex("^_?(?:\\$[A-Za-z0-9]+\\$)*(?:dyn )?([A-Za-z0-9_]+)")]
    private static partial Regex TypesCrate();
}
