namespace Ferry.Terminal;

/// <summary>What comes from a device or another tool is not trusted: control characters are not printed.</summary>
internal static class Printable
{
    public static string Clean(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return lines.Any(IsControl) ? string.Concat(lines.Select(c => IsControl(c) ? '\uFFFD' : c)) : lines;
    }

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
