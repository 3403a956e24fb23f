using System.Diagnostics;
using System.Text;
using Ferry.Lab;

namespace Ferry.Tests.Agent;

/// <summary>Finds processes of this PC by a word in their arguments.</summary>
internal static class LivingProcesses
{
    public static List<int> With(string word) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => CommandLine(folder).Contains(word, StringComparison.Ordinal))
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var pid) ? pid : 0).Where(pid => pid > 0),
    ];

    /// <summary>Waits until no such process is left; fails after the given time, and ends what is left.</summary>
    public static void ShouldEnd(string word, TimeSpan within)
    {
        List<int> left = [];
        Waiting.Until(() => (left = With(word)).Count == 0, within, () =>
        {
            left.ForEach(pid => Process.GetProcessById(pid).Kill());
            return $"{left.Count} processes with '{word}' did not end";
        });
    }

    private static string CommandLine(string folder)
    {
        try
        {
            // A zombie has no command line.
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "cmdline")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
