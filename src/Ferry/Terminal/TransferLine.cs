using System.Diagnostics;
using Ferry.Processes;

namespace Ferry.Terminal;

/// <summary>
/// One line that tells how far a transfer is: redrawn on a terminal at most ten times a second, erased at the end; nothing where there is none,
/// or when quiet. Shown when the transfer takes longer than a blink.
/// </summary>
internal sealed class TransferLine(string verb, string what) : IDisposable
{
    private const int ColumnsOfUnknown = 80;
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly TransferRate rate = new();
    private Stopwatch? clock;
    private TimeSpan drawn = Blink - Redraw;
    private bool onScreen;

    public void Report(long done, long total)
    {
        if (Status.Quiet || !Status.OnTerminal)
        {
            return;
        }

        clock ??= Stopwatch.StartNew();
        var now = clock.Elapsed;
        rate.Note(now, done);
        if (now - drawn >= Redraw)
        {
            drawn = now;
            onScreen = true;
            var columns = (RawTerminal.ColumnsOfErrors() ?? ColumnsOfUnknown) - 1; // the cursor needs one
            var text = TransferText.Of(verb, what, done, total, rate.At(now), columns);
            Page.Messages.Write($"\r{Painted(text)}\e[K");
        }
    }

    public void Dispose()
    {
        if (onScreen)
        {
            onScreen = false;
            Page.Messages.Write("\r\e[K");
        }
    }

    private string Painted(string text) => text.IndexOf(verb, StringComparison.Ordinal) is var at && at >= 0
        ? text[..at] + Ink.Cyan(verb) + text[(at + verb.Length)..]
        : text;
}
