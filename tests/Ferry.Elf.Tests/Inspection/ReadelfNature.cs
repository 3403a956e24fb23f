using System.Text.RegularExpressions;

namespace Ferry.Elf.Tests.Inspection;

/// <summary>What readelf -W says of how a file is linked and protected, and the names of its ARM attributes; <see cref="NatureFacts"/> writes the same.</summary>
internal static partial class ReadelfNature
{
    [GeneratedRegex(@"^  Tag_(\w+): ")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^  GNU_STACK .* (R[W ][E ]) +0x")]
    private static partial Regex Stack();

    [GeneratedRegex(@"\((FLAGS\) .*BIND_NOW|FLAGS_1\) +Flags:.* NOW\b|BIND_NOW\))")]
    private static partial Regex Now();

    public static IEnumerable<string> Of(IReadOnlyCollection<string> lines)
    {
        var relro = lines.Any(line => line.StartsWith("  GNU_RELRO ", StringComparison.Ordinal));
        var now = lines.Any(line => Now().IsMatch(line)) || !lines.Any(line => line.StartsWith("Dynamic section at", StringComparison.Ordinal));
        yield return $"relro {(!relro ? "None" : now ? "Full" : "Partial")}";
        yield return $"pie {lines.Any(line => line.Contains("DYN (Position-Independent Executable", StringComparison.Ordinal))}";
        yield return $"stack {lines.Select(line => Stack().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value.EndsWith('E')}";
        foreach (var name in lines.SkipWhile(line => line != "Attribute Section: aeabi").Select(line => Attribute().Match(line)).Where(match => match.Success))
        {
            yield return $"attribute {name.Groups[1].Value}";
        }
    }
}
