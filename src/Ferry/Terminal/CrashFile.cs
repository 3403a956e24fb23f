using System.Runtime.InteropServices;
using Ferry.Settings;

namespace Ferry.Terminal;

/// <summary>
/// The file for a bug report: version, system, verb and stack. Neither arguments nor environment go in: they may hold secrets.
/// </summary>
internal static class CrashFile
{
    public static string Write(Exception e)
    {
        var verb = Environment.GetCommandLineArgs().Skip(1).FirstOrDefault(word => word.Length > 0 && word.All(char.IsAsciiLetterLower)) ?? "(none)";
        var text = $"ferry {AppVersion.Text} on {RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})\nverb: {verb}\n\n{e}\n";
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(Folders.Cache, "crashes")).FullName;
            var path = Path.Combine(folder, $"crash-{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt");
            File.WriteAllText(path, text);
            return path;
        }
        catch (Exception why) when (why is IOException or UnauthorizedAccessException)
        {
            return $"that could not be written ({why.Message})\n{text}";
        }
    }
}
