namespace Ferry.Terminal;

/// <summary>Text that fits a width.</summary>
internal static class TextLines
{
    /// <summary>Breaks at blanks. A word that is too long stays whole: paths are copied.</summary>
    public static IReadOnlyList<string> Wrap(string text, int? width)
    {
        if (width is not { } columns || text.Length <= columns)
        {
            return [text];
        }

        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > columns)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>Cuts in the middle: with paths of functions both ends matter.</summary>
    public static string Cut(string text, int width)
    {
        if (text.Length <= width)
        {
            return text;
        }

        var tail = (width - 1) / 2;
        return $"{text[..(width - 1 - tail)]}…{text[^tail..]}";
    }
}
