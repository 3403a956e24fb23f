using System.Text.RegularExpressions;

namespace Ferry.Linking;

/// <summary>Which crate brought an object, by the places where cargo and rustc put things.</summary>
public static partial class CrateName
{
    /// <summary>The crate, or null where nothing says so (a library of the system). Std counts as <c>std</c>, <c>core</c> …, too.</summary>
    public static string? Of(LinkedObject linked)
    {
        ArgumentNullException.ThrowIfNull(linked);
        var path = linked.Path.Replace('\\', '/');
        return First(BuildScript().Match(path)) ?? First(Rlib().Match(path)) ?? First(Unit().Match(path));
    }

    /// <summary>Whether it is of Rust's own libraries (or of what they bring: musl, an unwinder).</summary>
    public static bool IsRustsOwn(LinkedObject linked)
    {
        ArgumentNullException.ThrowIfNull(linked);
        return linked.Path.Replace('\\', '/').Contains("/lib/rustlib/", StringComparison.Ordinal);
    }

    /// <summary>Whether rustc compiled it, not a C compiler or an assembler.</summary>
    public static bool IsRust(LinkedObject linked)
    {
        ArgumentNullException.ThrowIfNull(linked);
        return (linked.Member ?? linked.Path).EndsWith(".rcgu.o", StringComparison.Ordinal) || linked.Path == "lto.tmp";
    }

    /// <summary>cargo's rule: dashes are underscores in the names of files.</summary>
    public static bool AreSame(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Replace('-', '_') == other.Replace('-', '_');
    }

    private static string? First(Match match) => match.Success ? match.Groups[1].Value : null;

    // target/TARGET/PROFILE/build/NAME-HASH/out/…: what a build script made.
    [GeneratedRegex("/build/([^/]+)-[0-9a-f]{16}/out/", RegexOptions.RightToLeft)]
    private static partial Regex BuildScript();

    // libNAME-HASH.rlib
    [GeneratedRegex("(?:^|/)lib([^/]+)-[0-9a-f]{16}[.]rlib$")]
    private static partial Regex Rlib();

    // deps/NAME-HASH.….rcgu.o: the crate that is being linked. Without cargo there is no hash.
    [GeneratedRegex("(?:^|/)([^/.]+?)(?:-[0-9a-f]{16})?[.][^/]*rcgu[.]o$")]
    private static partial Regex Unit();
}
