using System.Text;

namespace Ferry.Linking;

/// <summary>
/// The text of a response file. rustc writes one argument a line and escapes blank and backslash with a backslash, and
/// nothing else: an apostrophe in a path stands as it is (rustc_codegen_ssa, <c>back/link.rs</c>). So quotes group only
/// where a word begins with one, as in files that people write.
/// </summary>
public static class ResponseFile
{
    /// <summary>The words in <paramref name="text"/>.</summary>
    public static IReadOnlyList<string> Parse(string text)
    {
        var words = new List<string>();
        var at = 0;
        while (SkipBlanks(text, ref at))
        {
            words.Add(text[at] is '"' or '\'' ? Quoted(text, ref at) : Plain(text, ref at));
        }

        return words;
    }

    /// <summary>The text that lld, gcc and <see cref="Parse"/> read back as <paramref name="words"/> (for lld: <c>--rsp-quoting=posix</c>).</summary>
    public static string Write(IEnumerable<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            foreach (var c in word)
            {
                // To lld and gcc quotes group anywhere.
                if (c is '\\' or '"' or '\'' || char.IsWhiteSpace(c))
                {
                    text.Append('\\');
                }

                text.Append(c);
            }

            text.Append(word.Length == 0 ? "\"\"\n" : "\n");
        }

        return text.ToString();
    }

    private static bool SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length;
    }

    private static string Plain(string text, ref int at)
    {
        var word = new StringBuilder();
        for (; at < text.Length && !char.IsWhiteSpace(text[at]); at++)
        {
            at += IsEscape(text, at) ? 1 : 0;
            word.Append(text[at]);
        }

        return word.ToString();
    }

    private static string Quoted(string text, ref int at)
    {
        var word = new StringBuilder();
        var quote = text[at++];
        for (; at < text.Length && text[at] != quote; at++)
        {
            at += IsEscape(text, at) ? 1 : 0;
            word.Append(text[at]);
        }

        at++;
        return word.ToString();
    }

    private static bool IsEscape(string text, int at) => text[at] == '\\' && at + 1 < text.Length;
}
