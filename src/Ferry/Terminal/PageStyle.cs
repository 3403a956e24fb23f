namespace Ferry.Terminal;

/// <summary>How a page on stdout is to look.</summary>
/// <param name="Columns">How wide the terminal is; null off a terminal, where nothing is cut or drawn.</param>
/// <param name="Colours">Whether it may be coloured.</param>
/// <param name="Whole">Whether long lists are shown whole.</param>
internal sealed record PageStyle(int? Columns, bool Colours, bool Whole)
{
    private const int Narrowest = 40;
    private const int Widest = 120;

    public static PageStyle OfOutput(bool whole) => new(Console.IsOutputRedirected ? null : Math.Clamp(Tables.Width, Narrowest, Widest), Ink.ColoursOnOutput, whole);

    public string Strong(string text) => Colours ? $"\e[1m{text}\e[0m" : text;

    public string Bar(string text) => Colours ? $"\e[36m{text}\e[0m" : text;

    public string Bad(string text) => Colours ? $"\e[1;31m{text}\e[0m" : text;

    public string Doubtful(string text) => Colours ? $"\e[1;33m{text}\e[0m" : text;
}
