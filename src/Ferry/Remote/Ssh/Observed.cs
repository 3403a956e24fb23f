using System.Text;

namespace Ferry.Remote.Ssh;

/// <summary>Text that came from elsewhere, made fit for a terminal: control characters in it could move the cursor or worse.</summary>
internal static class Observed
{
    public static string Text(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            shown.Append(char.IsControl(c) && c is not ('\n' or '\t') ? '?' : c);
        }

        return shown.ToString();
    }

    /// <summary>The lines that say something, without the CR that ssh puts behind each.</summary>
    public static string[] Lines(string text) =>
        [.. text.Split('\n').Select(line => Text(line.Trim())).Where(line => line.Length > 0)];
}
