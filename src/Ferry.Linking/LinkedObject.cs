namespace Ferry.Linking;

/// <summary>One object that went into a link, as lld names it.</summary>
/// <param name="Path">The file: an object, or the archive that holds it.</param>
/// <param name="Member">Its name in the archive, or null.</param>
public sealed record LinkedObject(string Path, string? Member)
{
    /// <summary>Reads <c>PATH</c> or <c>ARCHIVE(MEMBER)</c>.</summary>
    public static LinkedObject Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var open = text.EndsWith(')') ? text.LastIndexOf('(') : -1;
        return open > 0 ? new(text[..open], text[(open + 1)..^1]) : new(text, null);
    }

    /// <summary>Without folders: <c>libz.a(deflate.o)</c>.</summary>
    public override string ToString() => Member is null ? FileName : $"{FileName}({Member})";

    /// <summary>The file's name without its folder.</summary>
    public string FileName => Path[(Path.LastIndexOfAny(['/', '\\']) + 1)..];
}
