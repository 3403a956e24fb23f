namespace Ferry.Terminal;

/// <summary>Colour for stderr, where everything that Ferry says goes: only on a terminal, and not against the user's wish.</summary>
internal static class Ink
{
    /// <summary>https://no-color.org, and TERM=dumb as everywhere; FORCE_COLOR and CLICOLOR_FORCE for logs that can show it.</summary>
    public static bool Colours { get; } = WantedHere(Console.IsErrorRedirected);

    /// <summary>The same for stdout, where lines of several devices are told apart.</summary>
    public static bool ColoursOnOutput { get; } = WantedHere(Console.IsOutputRedirected);

    public static string Red(string text) => Paint("1;31", text);

    public static string Green(string text) => Paint("1;32", text);

    public static string Yellow(string text) => Paint("1;33", text);

    public static string Cyan(string text) => Paint("1;36", text);

    private static bool WantedHere(bool redirected) => Wanted(
        redirected,
        Environment.GetEnvironmentVariable("NO_COLOR"),
        Environment.GetEnvironmentVariable("FORCE_COLOR") ?? Environment.GetEnvironmentVariable("CLICOLOR_FORCE"),
        Environment.GetEnvironmentVariable("TERM"));

    internal static bool Wanted(bool redirected, string? noColour, string? force, string? term) =>
        string.IsNullOrEmpty(noColour) && (!redirected || force is { Length: > 0 } and not "0") && (term != "dumb" || !string.IsNullOrEmpty(force));

    private static string Paint(string code, string text) => Colours ? $"\e[{code}m{text}\e[0m" : text;
}
