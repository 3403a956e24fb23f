using System.Text;

namespace Ferry.Packages.Formats;

/// <summary>
/// A text and its signature, apart. An InRelease file is both in one (RFC 9580, 7: cleartext signature framework); it is split as apt splits it, and so
/// strictly that nothing can stand in it that was not signed.
/// </summary>
internal sealed record SignedText(byte[] Content, byte[] Signature)
{
    private const string Begin = "-----BEGIN PGP SIGNED MESSAGE-----";
    private const string Middle = "-----BEGIN PGP SIGNATURE-----";
    private const string End = "-----END PGP SIGNATURE-----";

    /// <summary>Throws <see cref="InvalidDataException"/> where it is not exactly one signed message.</summary>
    public static SignedText Split(byte[] inRelease)
    {
        var lines = Encoding.Latin1.GetString(inRelease).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var blank = lines.IndexOf("");
        var middle = lines.IndexOf(Middle);
        if (lines.Count == 0 || lines[0] != Begin || lines[^1] != End || blank < 0 || middle < blank
            || !lines.Skip(1).Take(blank - 1).All(line => line.StartsWith("Hash: ", StringComparison.Ordinal)))
        {
            throw new InvalidDataException("not a signed message");
        }

        var text = lines[(blank + 1)..middle];
        if (text.Any(IsUnescaped) || lines[(middle + 1)..^1].Any(line => line.StartsWith("-----", StringComparison.Ordinal)))
        {
            throw new InvalidDataException("a signed message with something in it that is not signed");
        }

        // Blanks at the ends of lines are not signed; and the last line's end is the framework's.
        var content = string.Join('\n', text.Select(line => (line.StartsWith("- ", StringComparison.Ordinal) ? line[2..] : line).TrimEnd(' ', '\t')));
        return new(Encoding.Latin1.GetBytes(content), Encoding.Latin1.GetBytes(string.Join('\n', lines[middle..]) + "\n"));
    }

    private static bool IsUnescaped(string line) => line.StartsWith('-') && !line.StartsWith("- ", StringComparison.Ordinal);
}
