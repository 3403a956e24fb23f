using System.Globalization;

namespace Ferry.Terminal;

/// <summary>How long something took, for people: 0.42s, 12.3s, 3m 05s.</summary>
internal static class Durations
{
    public static string Text(TimeSpan time) =>
        time.TotalSeconds < 9.995 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00}s")
        : time.TotalSeconds < 59.95 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m {time.Seconds:00}s");
}
