namespace Ferry.Terminal;

/// <summary>
/// Ferry's own lines, in cargo's manner: a green verb, right-aligned in twelve columns, and what it is done to.
/// On stderr, always: stdout belongs to the program.
/// </summary>
internal static class Status
{
    private const int Columns = 12;

    public static bool Quiet { get; set; }

    public static bool Verbose { get; set; }

    public static bool OnTerminal { get; } = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public static void Say(string verb, string text)
    {
        if (!Quiet)
        {
            Page.Messages.WriteLine(Ink.Green(verb.PadLeft(Columns)) + " " + Printable.Clean(text));
        }
    }

    /// <summary>For those who asked with -v: commands as they are run, reasons for choices.</summary>
    public static void Detail(string verb, string text)
    {
        if (Verbose)
        {
            Page.Messages.WriteLine(Ink.Cyan(verb.PadLeft(Columns)) + " " + Printable.Clean(text));
        }
    }

    public static void Warn(string text)
    {
        if (!Quiet)
        {
            Page.Messages.WriteLine(Ink.Yellow("warning") + ": " + Printable.Clean(text));
        }
    }

    /// <summary>Said even when quiet.</summary>
    public static void Error(string text) => Page.Messages.WriteLine(Ink.Red("error") + ": " + Printable.Clean(text));

    public static void Note(string text)
    {
        if (!Quiet)
        {
            Page.Messages.WriteLine(Ink.Green("note") + ": " + Printable.Clean(text));
        }
    }
}
