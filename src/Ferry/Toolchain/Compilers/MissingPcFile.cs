using System.Text.RegularExpressions;

namespace Ferry.Toolchain.Compilers;

/// <summary>pkg-config's words about a library that it does not know, and the command that brings it.</summary>
internal static partial class MissingPcFile
{
    /// <summary>The error that explains what pkg-config has said; null where it said something else.</summary>
    public static FerryException? In(string words, BuildToolSettings settings)
    {
        if (Said().Match(words) is not { Success: true } match)
        {
            return null;
        }

        var name = match.Groups["name"].Value;
        var device = settings.Device ?? "DEVICE";
        if (CTarget.Of(settings.Target).IsMusl)
        {
            return new($"there is no library '{name}' for {settings.Target}", help: "a static program has its libraries built from source: most crates have a feature 'bundled', 'vendored' or 'static' for that");
        }

        return new(
            $"the library '{name}' is not in the sysroot of device '{device}': there is no {name}.pc",
            help: DevPackages.OfPcFile(name) is { } package ? $"ferry sysroot add {device} {package}" : $"its -dev package brings it: ferry sysroot add {device} PACKAGE (which one says apt-file search {name}.pc)");
    }

    /// <summary>pkgconf and pkg-config: Package 'x' … not found; Package x was not found in the pkg-config search path.</summary>
    [GeneratedRegex(@"Package '?(?<name>[^\s',]+)'?,? (was not found in the pkg-config search path|.*not found)", RegexOptions.ExplicitCapture)]
    private static partial Regex Said();
}
