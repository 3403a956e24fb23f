using Ferry.Processes;
using Spectre.Console;

namespace Ferry.Terminal;

/// <summary>Tables on stdout, for verbs whose result they are; on stderr where stdout belongs to programs. No frames and no colours off a terminal, so that grep and cut work.</summary>
internal static class Tables
{
    public static void Print(IReadOnlyList<string> titles, IEnumerable<IReadOnlyList<string>> rows, bool onErrors = false)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(new Text(title)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable.Clean(cell))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(onErrors ? Page.Messages : Page.Results) });
        console.Profile.Width = (onErrors ? Console.IsErrorRedirected : Console.IsOutputRedirected) ? 10_000 : Math.Max(Width, 40);
        console.Write(table);
    }

    /// <summary>Of the terminal on stdout; .NET's Console sends it codes before it knows.</summary>
    internal static int Width => OperatingSystem.IsWindows() ? Console.WindowWidth : RawTerminal.Size() is { Columns: > 0 } size ? size.Columns : 80;
}
