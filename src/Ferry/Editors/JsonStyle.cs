namespace Ferry.Editors;

/// <summary>How a JSON text is laid out, so that what is added looks like the rest.</summary>
/// <param name="NewLine">What ends its lines.</param>
/// <param name="Unit">One step of indentation.</param>
internal sealed record JsonStyle(string NewLine, string Unit)
{
    /// <summary>Goes by the first line that is indented.</summary>
    public static JsonStyle Of(string text)
    {
        var indented = text.Split('\n').FirstOrDefault(line => line.Length > 0 && line[0] is ' ' or '\t' && line.TrimStart().StartsWith('"'));
        return new(
            text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n",
            indented is null ? "    " : indented[..^indented.TrimStart().Length]);
    }

    public string Indentation(int depth) => string.Concat(Enumerable.Repeat(Unit, depth));

    /// <summary>A text of several lines, indented by four blanks a step, as it stands at this depth; it begins with a new line.</summary>
    public string Indented(string text, int depth) =>
        string.Concat(text.Split('\n').Select(line =>
        {
            var content = line.TrimStart(' ');
            return NewLine + Indentation(depth + ((line.Length - content.Length) / JsonEntry.Step)) + content;
        }));
}
