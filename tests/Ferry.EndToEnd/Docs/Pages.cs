using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Docs;

/// <summary>Finds what the documentation shows as code: indented and fenced lines, and <c>`ferry …`</c> within a sentence.</summary>
public static partial class Pages
{
    public static IEnumerable<DocumentedLine> Lines() => Files().SelectMany(file => InPage(Path.GetRelativePath(Repository.Root, file), File.ReadAllLines(file)));

    /// <summary>The rows below "Examples:" on a page of help, without what is said about them.</summary>
    public static IEnumerable<DocumentedLine> Examples(string command, string help) =>
        help.Split('\n').SkipWhile(line => line != "Examples:").Skip(1).TakeWhile(line => line.Length > 0)
            .Select(line => new DocumentedLine($"{command} --help", ExplanationBehind().Replace(line.Trim(), "")));

    private static IEnumerable<string> Files() =>
    [
        Repository.PathOf("README.md"), .. Directory.GetFiles(Repository.PathOf("docs", "guide"), "*.md").Order(), .. Directory.GetFiles(Repository.PathOf("docs", "reference"), "*.md").Order(),
    ];

    private static IEnumerable<DocumentedLine> InPage(string page, string[] lines)
    {
        var (fenced, code, before) = (false, false, "");
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                (fenced, code, before) = (!fenced, false, "");
                continue;
            }

            // A code line is indented by four and follows an empty line or another of its kind.
            var blank = line.Trim().Length == 0;
            code = fenced || (line.StartsWith("    ", StringComparison.Ordinal) && (code || before.Length == 0)) || (code && blank);
            if (code && !blank)
            {
                yield return new(page, line.Trim());
            }
            else
            {
                foreach (Match span in FerrySpan().Matches(line))
                {
                    yield return new(page, span.Groups[1].Value);
                }
            }

            before = line.Trim();
        }
    }

    [GeneratedRegex("`(ferry [^`]*)`")]
    private static partial Regex FerrySpan();

    [GeneratedRegex("  +[^ ].*$")]
    private static partial Regex ExplanationBehind();
}
