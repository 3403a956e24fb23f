using System.Globalization;

namespace Ferry.Benchmarks.Pages;

/// <summary>Figures as the page shows them; a figure that there is not is a dash.</summary>
internal static class Show
{
    public const string None = "–";

    public static string Ms(double? ms) => Number(ms, ms < 10 ? "0.0" : "#,0");

    public static string Seconds(double? ms) => Number(ms / 1000, ms < 10_000 ? "0.00" : "0.0");

    public static string Whole(double? number) => Number(number, "#,0");

    public static string Mega(double? kilobytes) => Number(kilobytes / 1024, "0.0");

    public static string Times(double? ratio) => ratio is null ? None : Number(ratio, ratio < 10 ? "0.0" : "0") + " ×";

    public static string Number(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? None;
}
