using System.Globalization;

namespace Ferry.Terminal;

/// <summary>The words of a line that tells how far a transfer is.</summary>
internal static class TransferText
{
    private const double NotWorthSaying = 100 * 60 * 60;

    /// <param name="verb">"Sending".</param>
    /// <param name="what">What, and whereto.</param>
    /// <param name="done">So many bytes.</param>
    /// <param name="total">Of so many.</param>
    /// <param name="rate">Bytes in a second, where that is known.</param>
    /// <param name="columns">How long the line may be: one that wraps cannot be rewritten.</param>
    public static string Of(string verb, string what, long done, long total, double? rate, int columns)
    {
        var percent = total > 0 ? Math.Clamp(done * 100 / total, 0, 100) : 100;
        var numbers = $"{percent,3}%, {Sizes.Text(done)} of {Sizes.Text(total)}";
        if (rate is { } perSecond)
        {
            var left = (total - done) / perSecond;
            numbers += $", {Sizes.Text((long)perSecond)}/s" + (left < NotWorthSaying ? $", {Clock(left)} left" : "");
        }

        // The numbers matter; names are cut for them.
        var head = $"{verb.PadLeft(12)} {Printable.Clean(what)}";
        var room = Math.Max(0, columns - numbers.Length - 2);
        return head.Length <= room ? $"{head}: {numbers}" : $"{head[..Math.Max(0, room - 1)]}…: {numbers}"[..Math.Min(columns, room + numbers.Length + 2)];
    }

    private static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Ceiling(seconds));
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
            : time.ToString("m\\:ss", CultureInfo.InvariantCulture);
    }
}
