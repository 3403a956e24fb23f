using System.Diagnostics;

namespace Ferry.Terminal;

/// <summary>
/// One line that tells how far a transfer is: redrawn on a terminal (bytes, rate, time left), and only its end off one.
/// Shown when the transfer takes longer than a blink.
/// </summary>
internal sealed class TransferLine(string verb, string what) : IDisposable
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan drawn = Blink - Redraw;
    private bool onScreen;

    public void Report(long done, long total)
    {
        if (Status.Quiet || !Status.OnTerminal || clock.Elapsed - drawn < Redraw)
        {
            return;
        }

        drawn = clock.Elapsed;
        onScreen = true;
        var rate = done / Math.Max(clock.Elapsed.TotalSeconds, 0.001);
        var left = rate > 0 ? TimeSpan.FromSeconds((total - done) / rate) : TimeSpan.Zero;
        Page.Messages.Write($"\r{Ink.Cyan(verb.PadLeft(12))} {what}: {Sizes.Text(done)} of {Sizes.Text(total)}, {Sizes.Text((long)rate)}/s, {left:m\\:ss} left\e[K");
    }

    public void Dispose()
    {
        if (onScreen)
        {
            Page.Messages.Write("\r\e[K");
        }
    }
}
