using Ferry.Packages.Formats;

namespace Ferry.Packages;

/// <summary>Reads a device's apt sources (sources.list(5)): the one-line form and deb822's. Other than http and https is left out, and said so.</summary>
internal static class AptSources
{
    /// <summary>The archives of one file, by the ending of its name; <paramref name="skipped"/> hears what cannot be used.</summary>
    public static IReadOnlyList<AptSource> Read(string path, string text, string architecture, Action<string> skipped)
    {
        var all = path.EndsWith(".sources", StringComparison.Ordinal) ? Paragraphs(text) : Lines(text);
        var usable = new List<AptSource>();
        foreach (var source in all.Select(source => source with { Suite = source.Suite.Replace("$(ARCH)", architecture, StringComparison.Ordinal) }).Where(source => source.IsFor(architecture)))
        {
            if (!source.Address.StartsWith("http://", StringComparison.Ordinal) && !source.Address.StartsWith("https://", StringComparison.Ordinal))
            {
                skipped($"{source.Title}: only http and https can be reached from here");
            }
            else if (source.Unverified)
            {
                skipped($"{source.Title}: it is marked as trusted without a signature ({path}); what is not verified is not used");
            }
            else
            {
                usable.Add(source);
            }
        }

        return usable;
    }

    // deb [ option=value,… … ] uri suite [component…]
    private static IEnumerable<AptSource> Lines(string text)
    {
        foreach (var line in text.Split('\n').Select(line => line.Split('#')[0].Trim()))
        {
            var rest = line.StartsWith("deb ", StringComparison.Ordinal) || line.StartsWith("deb\t", StringComparison.Ordinal) ? line[4..].Trim() : "";
            var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            if (rest.StartsWith('[') && rest.IndexOf(']') is > 0 and var end)
            {
                foreach (var option in Words(rest[1..end]).Select(word => word.Split('=', 2)).Where(option => option.Length == 2))
                {
                    options[option[0].TrimEnd('+', '-')] = option[1].Replace(',', ' ');
                }

                rest = rest[(end + 1)..];
            }

            if (Words(rest) is [var address, var suite, .. var components])
            {
                yield return One(address, suite, components, options.GetValueOrDefault("arch", ""), options.GetValueOrDefault("signed-by", ""), options.GetValueOrDefault("trusted"));
            }
        }
    }

    private static IEnumerable<AptSource> Paragraphs(string text) =>
        from fields in Deb822.Paragraphs(text)
        where fields.Words("Types").Contains("deb") && !IsNo(fields.GetValueOrDefault("Enabled"))
        from address in fields.Words("URIs")
        from suite in fields.Words("Suites")
        select One(address, suite, fields.Words("Components"), fields.GetValueOrDefault("Architectures", ""), fields.GetValueOrDefault("Signed-By", ""), fields.GetValueOrDefault("Trusted"));

    private static AptSource One(string address, string suite, string[] components, string architectures, string signedBy, string? trusted)
    {
        var isKey = signedBy.Contains("-----BEGIN PGP", StringComparison.Ordinal);
        return new AptSource
        {
            Address = address.EndsWith('/') ? address : address + "/",
            Suite = suite,
            Components = components,
            Architectures = Words(architectures),
            SignedBy = isKey ? [] : Words(signedBy),
            // deb822 writes a blank line of the key as a dot.
            Key = isKey ? string.Join('\n', signedBy.Split('\n').Select(line => line.Trim() == "." ? "" : line.Trim())).Trim() + "\n" : null,
            Unverified = IsYes(trusted),
        };
    }

    private static string[] Words(string text) => text.Split((char[])[' ', '\t', '\n', '\r', ','], StringSplitOptions.RemoveEmptyEntries);

    // apt's StringToBool.
    private static bool IsYes(string? text) => text?.Trim().ToLowerInvariant() is "yes" or "true" or "with" or "on" or "enable" or "1";

    private static bool IsNo(string? text) => text?.Trim().ToLowerInvariant() is "no" or "false" or "without" or "off" or "disable" or "0";
}
