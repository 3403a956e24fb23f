namespace Ferry.Terminal;

/// <summary>Prints what was foreseen in rustc's way, and what was not as the bug that it is.</summary>
internal static class Errors
{
    public static void Print(FerryException e)
    {
        Line(Ink.Red("error"), e.Message);
        Line(Ink.Cyan("cause"), e.Cause);
        Line(Ink.Cyan("help"), e.Help, " ");
    }

    /// <summary>Prints "error: text" and "help: text" for what the command line itself got wrong.</summary>
    public static void Print(string error, string? help) => Print(new FerryException(error, help: help));

    /// <summary>An exception that nobody foresaw: a short apology and a file to report it with. Returns exit code 70.</summary>
    public static int PrintBug(Exception e)
    {
        Line(Ink.Red("error"), $"a bug in ferry: {e.GetType().Name}: {e.Message}");
        Line(Ink.Cyan("help"), $"please report it, with the file {CrashFile.Write(e)}", " ");
        return ExitCode.Bug;
    }

    private static void Line(string label, string? text, string gap = "")
    {
        if (text is null)
        {
            return;
        }

        // What other tools say may have several lines; they are kept below each other.
        var lines = Printable.Clean(text).TrimEnd().Split('\n');
        Page.Messages.WriteLine($"{label}: {gap}{string.Join("\n       ", lines)}");
    }
}
