using Ferry.Terminal;

namespace Ferry.Doors.Deaths;

/// <summary>How a program ended badly, in the words that the user reads: printed at the end of the run, and again by <c>ferry why</c>.</summary>
internal sealed record DeathReport
{
    /// <summary>What happened, to whom, where.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the title is an error, and not just a note on how the program ended.</summary>
    public bool IsError { get; init; } = true;

    /// <summary>The place in the user's sources.</summary>
    public string? Place { get; init; }

    /// <summary>Who called whom, innermost first, a line each.</summary>
    public IReadOnlyList<string> Frames { get; init; } = [];

    /// <summary>What was observed.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<string> Helps { get; init; } = [];

    /// <summary>Registers and what was mapped, for those who ask with -v.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public bool IsEmpty => Place is null && Frames.Count + Causes.Count + Notes.Count + Helps.Count == 0;

    public void Print(bool withDetails = false)
    {
        if (IsError)
        {
            Status.Error(Title);
        }
        else
        {
            Status.Note(Title);
        }

        Line(Place is null ? [] : [Place], "  -->", " ");
        foreach (var frame in Frames)
        {
            Page.Messages.WriteLine(Ink.Cyan("   |") + "   " + Printable.Clean(frame));
        }

        Line(Causes, "cause", ": ");
        Line(Notes, "note", ":  ");
        Line(Helps, "help", ":  ");
        foreach (var detail in withDetails ? Details : [])
        {
            Page.Messages.WriteLine("   " + Printable.Clean(detail));
        }
    }

    public static DeathReport Read(BinaryReader fields) => new()
    {
        Title = fields.ReadString(),
        IsError = fields.ReadBoolean(),
        Place = fields.ReadString() is { Length: > 0 } place ? place : null,
        Frames = Lines(fields),
        Causes = Lines(fields),
        Notes = Lines(fields),
        Helps = Lines(fields),
        Details = Lines(fields),
    };

    public void Write(BinaryWriter fields)
    {
        fields.Write(Title);
        fields.Write(IsError);
        fields.Write(Place ?? "");
        foreach (var lines in (IReadOnlyList<string>[])[Frames, Causes, Notes, Helps, Details])
        {
            fields.Write(lines.Count);
            foreach (var line in lines)
            {
                fields.Write(line);
            }
        }
    }

    private static void Line(IReadOnlyList<string> lines, string label, string gap)
    {
        foreach (var line in lines)
        {
            Page.Messages.WriteLine(Ink.Cyan(label) + gap + Printable.Clean(line).Replace("\n", "\n       ", StringComparison.Ordinal));
        }
    }

    private static string[] Lines(BinaryReader fields)
    {
        var lines = new string[Math.Clamp(fields.ReadInt32(), 0, DeathBook.MostLines)];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = fields.ReadString();
        }

        return lines;
    }
}
