using System.Globalization;

namespace Ferry.Settings;

/// <summary>
/// What a runner tells the Ferry that started it by way of cargo, when it was Ferry and not the program that failed: cargo makes its own 101 of every
/// failure of a test. Its exit code (docs/reference/exit-codes.md) in a file that a variable names.
/// </summary>
internal static class RunOutcome
{
    public const string Variable = "FERRY_OUTCOME";

    public static void Tell(int exit)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } file)
        {
            return;
        }

        try
        {
            File.WriteAllText(file, exit.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the exit code alone has to do.
        }
    }

    /// <summary>The exit code of what failed; null when nothing of Ferry's did.</summary>
    public static int? Read(string file) =>
        File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var exit) ? exit : null;
}
