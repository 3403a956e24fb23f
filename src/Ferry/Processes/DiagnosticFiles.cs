namespace Ferry.Processes;

/// <summary>
/// The .NET runtime leaves a socket and two pipes in the temporary folder for debuggers and removes them at its end, which an exec never reaches:
/// every link would leave three files behind. Only an environment variable of the user's could keep the runtime from making them.
/// </summary>
internal static class DiagnosticFiles
{
    public static void Remove()
    {
        try
        {
            var id = Environment.ProcessId;
            foreach (var prefix in (string[])[$"dotnet-diagnostic-{id}-", $"clr-debug-pipe-{id}-"])
            {
                Array.ForEach(Directory.GetFiles(Path.GetTempPath(), prefix + "*"), File.Delete);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Litter is no reason to fail.
        }
    }
}
