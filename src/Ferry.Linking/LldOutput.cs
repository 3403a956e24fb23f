using System.Text.RegularExpressions;

namespace Ferry.Linking;

/// <summary>Reads what lld says on stderr (as LLVM 14 to 19 word it): a message is a line, and the lines that begin with <c>&gt;&gt;&gt;</c> behind it.</summary>
public static partial class LldOutput
{
    /// <summary>The messages, in their order. Together their texts are <paramref name="text"/> without empty lines.</summary>
    public static IReadOnlyList<LldMessage> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var messages = new List<List<string>>();
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            if (line.StartsWith(">>>", StringComparison.Ordinal) && messages.Count > 0)
            {
                messages[^1].Add(line);
            }
            else
            {
                messages.Add([line]);
            }
        }

        return messages.ConvertAll(Read);
    }

    private static LldMessage Read(List<string> lines)
    {
        var text = string.Join('\n', lines);
        return Match(Undefined(), lines[0]) is { } symbol ? new LldMessage.UndefinedSymbol(text, symbol, References(lines))
            : Match(UndefinedByLibrary(), lines[0]) is { } wanted ? new LldMessage.UndefinedSymbol(text, wanted, [new(LinkedObject.Parse(Match(Library(), lines[0])!), null)])
            : Match(Incompatible(), lines[0]) is { } machine ? new LldMessage.WrongMachine(text, LinkedObject.Parse(machine))
            : Match(FloatAbi(), lines[0]) is { } abi ? new LldMessage.WrongFloatAbi(text, LinkedObject.Parse(abi))
            : Match(Missing(), lines[0]) is { } library ? new LldMessage.MissingLibrary(text, library)
            : new LldMessage.Other(text);
    }

    // Two lines where there is a file: ">>> referenced by SOURCE" and ">>>    OBJECT:(FUNCTION) in archive FILE"; one for shared libraries and bare sections.
    private static List<SymbolReference> References(List<string> lines)
    {
        var references = new List<SymbolReference>();
        for (var i = 1; i < lines.Count; i++)
        {
            var isSource = i + 1 < lines.Count && lines[i].StartsWith(">>> referenced by ", StringComparison.Ordinal) && lines[i + 1].StartsWith(">>>    ", StringComparison.Ordinal);
            if (!isSource && Place().Match(lines[i]) is { Success: true } place)
            {
                references.Add(Reference(place));
            }
        }

        return references;
    }

    private static SymbolReference Reference(Match place)
    {
        var name = place.Groups["object"].Value;
        var archive = place.Groups["archive"];
        return new(archive.Success ? new(archive.Value, name) : LinkedObject.Parse(name), place.Groups["function"] is { Success: true, Value: var function } ? function : null);
    }

    private static string? Match(Regex regex, string line) => regex.Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"error: undefined (?:hidden |protected |internal )?(?:symbol|reference): (.+?)(?: \[--no-allow-shlib-undefined\])?$")]
    private static partial Regex Undefined();

    [GeneratedRegex(@"error: .+: undefined reference to (.+?)(?: \[--no-allow-shlib-undefined\])?$")]
    private static partial Regex UndefinedByLibrary();

    [GeneratedRegex("error: (.+): undefined reference to ")]
    private static partial Regex Library();

    [GeneratedRegex("error: (.+) is incompatible with ")]
    private static partial Regex Incompatible();

    [GeneratedRegex("error: (.+): incompatible Tag_ABI_VFP_args")]
    private static partial Regex FloatAbi();

    [GeneratedRegex("error: unable to find library -l(.+)$")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^>>> +(?:referenced by )?(?<object>.+?)(?::\((?<function>.+)\))?(?: in archive (?<archive>.+)| \(disallowed by --no-allow-shlib-undefined\))?$")]
    private static partial Regex Place();
}
