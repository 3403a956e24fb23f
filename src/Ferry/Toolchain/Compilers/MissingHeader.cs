using System.Text.RegularExpressions;

namespace Ferry.Toolchain.Compilers;

/// <summary>A compiler's words about a header that it did not find, and the command that brings it.</summary>
internal static partial class MissingHeader
{
    /// <summary>The error that explains what the compiler has said; null where no header was missed.</summary>
    public static FerryException? In(string words, BuildToolSettings settings) =>
        Said().Match(words) is { Success: true } match ? Explain(match.Groups["header"].Value, settings) : null;

    private static FerryException Explain(string header, BuildToolSettings settings)
    {
        var target = CTarget.Of(settings.Target);
        var device = settings.Device ?? "DEVICE";
        if (target.IsMusl)
        {
            return DevPackages.IsOfLibc(header)
                ? new($"there are no headers of musl for {settings.Target}: '{header}' was not found", help: $"ferry sysroot add {device} musl-dev; or have zig on the PATH, which brings them")
                : new($"'{header}' was not found for {settings.Target}", help: "a static program has its libraries built from source: most crates have a feature 'bundled' or 'vendored' for that");
        }

        return DevPackages.OfHeader(header) is { } package
            ? new(DevPackages.IsOfLibc(header) ? $"there are no C headers for {settings.Target}: '{header}' was not found" : $"the header '{header}' is not in the sysroot of device '{device}'", help: $"ferry sysroot add {device} {package}")
            : new($"the header '{header}' was not found for {settings.Target}", help: $"if it is a library's of the device, its -dev package brings it: ferry sysroot add {device} PACKAGE (which one says apt-file search {header})");
    }

    /// <summary>clang: 'x.h' file not found; gcc: x.h: No such file or directory.</summary>
    [GeneratedRegex(@"fatal error: (?:'(?<header>[^'\n]+)' file not found|(?<header>[^:\n]+): No such file or directory)", RegexOptions.ExplicitCapture)]
    private static partial Regex Said();
}
