using System.Text;

namespace Ferry.Commands.Watching;

/// <summary>
/// The files that cargo's and rustc's <c>.d</c> files name: rules as of a Makefile, of which only what stands behind the colon matters. A backslash keeps a blank.
/// </summary>
internal static class DepInfo
{
    public static IEnumerable<string> Sources(IEnumerable<string> lines) =>
        // "# env-dep:NAME=value" is rustc's; a rule without sources ("file.rs:") keeps make quiet about files that are gone.
        lines.Where(line => !line.StartsWith('#')).SelectMany(line => Colon(line) is var colon and >= 0 ? Words(line[(colon + 1)..]) : []);

    /// <summary>The colon that ends the name: followed by a blank or nothing, which that of a Windows drive is not.</summary>
    private static int Colon(string line)
    {
        var blank = line.IndexOf(": ", StringComparison.Ordinal);
        return blank >= 0 ? blank : line.EndsWith(':') ? line.Length - 1 : -1;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '\\' && i + 1 < text.Length && text[i + 1] == ' ')
            {
                word.Append(' ');
                i++;
            }
            else if (i < text.Length && text[i] != ' ')
            {
                word.Append(text[i]);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
