using System.Buffers;
using System.Globalization;

namespace Ferry.Settings;

/// <summary>How long a program may run, as it is typed: <c>90</c> or <c>90s</c>, <c>2m</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
internal static class TimeLimit
{
    public const string Examples = "such as 60s, 2m or 1h30m";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Throws <see cref="FerryException"/>, exit 2, for what is no time, or none that a program could be given. <paramref name="origin"/> is where it stands.</summary>
    public static TimeSpan Parse(string text, string origin)
    {
        if (Seconds(text.Trim()) is not { } seconds)
        {
            throw Wrong($"'{text}' of {origin} is not a time");
        }

        return seconds < 0.001 ? throw Wrong($"'{text}' of {origin} leaves a program no time at all")
            : seconds > Longest.TotalSeconds ? throw Wrong($"'{text}' of {origin} is longer than {Longest.TotalDays} days")
            : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>As people say it: "90 s", "0.5 s", "2 min".</summary>
    public static string Text(TimeSpan limit) =>
        limit.TotalSeconds % 60 == 0 && limit.TotalMinutes >= 2
            ? string.Create(CultureInfo.InvariantCulture, $"{limit.TotalMinutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds} s");

    private static double? Seconds(string text)
    {
        double sum = 0;
        for (var rest = text.AsSpan(); ;)
        {
            var end = rest.IndexOfAnyExcept(Digits);
            if (!double.TryParse(end < 0 ? rest : rest[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            if (end < 0)
            {
                return sum > 0 || rest.Length < text.Length ? null : number; // "1h30": of what?
            }

            var after = rest[end..].IndexOfAny(Digits);
            var unit = after < 0 ? rest[end..] : rest.Slice(end, after);
            if (UnitOf(unit) is not { } seconds)
            {
                return null;
            }

            sum += number * seconds;
            if (after < 0)
            {
                return sum;
            }

            rest = rest[(end + after)..];
        }
    }

    private static double? UnitOf(ReadOnlySpan<char> text)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (text.SequenceEqual(unit))
            {
                return seconds;
            }
        }

        return null;
    }

    private static FerryException Wrong(string message) => new(message, help: "give a number and its unit, " + Examples, exit: ExitCode.WrongUsage);
}
