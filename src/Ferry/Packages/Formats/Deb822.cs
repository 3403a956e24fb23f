using System.Text;

namespace Ferry.Packages.Formats;

/// <summary>deb822(5): paragraphs of fields, as in control files, apt's indices, Release files and *.sources. Names of fields are equal in any case.</summary>
internal static class Deb822
{
    /// <summary>Each paragraph; folded lines are joined by line ends, each without its first blank.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Paragraphs(Stream text)
    {
        using var reader = new StreamReader(text, Encoding.UTF8);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var folded = new StringBuilder();
        var name = "";
        for (string? line; (line = reader.ReadLine()) is not null;)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                folded.Append('\n').Append(line.AsSpan(1));
                continue;
            }

            Close();
            if (string.IsNullOrWhiteSpace(line) && fields.Count > 0)
            {
                yield return fields;
                fields = new(StringComparer.OrdinalIgnoreCase);
            }
            else if (line.IndexOf(':') is > 0 and var colon)
            {
                name = line[..colon];
                folded.Append(line.AsSpan(colon + 1).Trim());
            }
        }

        Close();
        if (fields.Count > 0)
        {
            yield return fields;
        }

        void Close()
        {
            if (name.Length > 0)
            {
                fields[name] = folded.ToString();
                folded.Clear();
                name = "";
            }
        }
    }

    public static IEnumerable<IReadOnlyDictionary<string, string>> Paragraphs(string text) => Paragraphs(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>A field's words, folded lines included.</summary>
    public static string[] Words(this IReadOnlyDictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) ? value.Split((char[])[' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries) : [];
}
